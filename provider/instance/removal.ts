import { isNotFound } from "../azure/http/errors";
import { ReadLag } from "../azure/http/readLag";
import { TracedError } from "../azure/http/tracing";
import { vaultIdOf } from "../dataProtection/backupInstance";
import { runCritical } from "../dataProtection/criticalOperation";
import type { InstanceOperationEnd } from "../dataProtection/instanceOperation";
import { runInstanceOperation } from "../dataProtection/instanceOperation";
import { meaningOf, protectionStateOf } from "../dataProtection/protectionState";
import type { GuardApproval } from "../dataProtection/resourceGuard";
import type { Waiting } from "../dataProtection/waiting";
import type { WireBackupInstance, WireDeletedBackupInstance } from "../dataProtection/wire";
import type { Session } from "../host/session";
import { describeDeletion } from "./recovery";

/**
 * Deletes an instance, and waits until the service shows it no longer, or as soft-deleted.
 *
 * @param wasSeen - Whether it was there before.
 */
export async function remove(
  session: Session,
  id: string,
  wasSeen: boolean,
  waiting: Waiting,
): Promise<void> {
  const { service, live, rows } = session;
  const vaultId = vaultIdOf(id);
  const operations = () => ["backupInstances/delete"] as const;
  const critical = { service, vaultId, operations, canNameApprovals: true };
  const run = async (approval?: GuardApproval): Promise<InstanceOperationEnd> => {
    if (approval !== undefined) {
      await service.unlockDelete(vaultId, id, approval, waiting.deadline);
    }
    const deletion = {
      service,
      backupInstanceId: id,
      what: `deleting backup instance ${id}`,
      progress: "waiting for Azure to delete it",
      begin: async () => service.delete(id, waiting.deadline, approval),
      hasCounted: (seen: WireBackupInstance | undefined) => seen === undefined || isBeingDeleted(seen),
    };
    return runInstanceOperation(deletion, waiting);
  };
  const end = await runCritical(critical, run, waiting).catch(unlessNotFound);
  const isGone = !wasSeen && [204, 404].includes(end.answeredWith ?? 0);
  const deleted = await waitUntilGone(session, id, { ...end, isGone }, waiting);
  live.wasDeleted(id);
  if (deleted !== undefined) {
    const { policyId } = deleted.properties.policyInfo;
    const held = `until then it keeps policy ${policyId} and its vault from being deleted`;
    await rows.say(id, `${id} is soft-deleted (${describeDeletion(deleted)}); ${held}`);
  }
}

/** A DELETE that finds nothing has nothing to wait for. */
function unlessNotFound(error: unknown): InstanceOperationEnd {
  if (isNotFound(error)) {
    return { isTold: true, namedIntervalInMs: undefined, answeredWith: 404 };
  }
  throw error;
}

function isBeingDeleted(instance: WireBackupInstance): boolean {
  return meaningOf(protectionStateOf(instance)) === "deleted";
}

/**
 * Looks until the instance is gone. One that is still shown may be what was before its deletion, or be deleted still; after
 * the time for which reads may lag it is neither.
 *
 * @param end - How the deletion ended, and whether there was nothing to delete.
 * @returns Its soft-deleted form, if the vault keeps one.
 * @throws {@link DeadlineExceededError} when the service is at work on it at the deadline.
 */
async function waitUntilGone(
  { service }: Session,
  id: string,
  end: InstanceOperationEnd & { isGone: boolean },
  { clock, deadline, showProgress }: Waiting,
): Promise<WireDeletedBackupInstance | undefined> {
  const lag = new ReadLag(clock, end);
  const work = new ReadLag(clock, { ...end, isTold: false });
  const what = `deleting backup instance ${id}`;
  for (;;) {
    const deleted = await service.findDeleted(id, deadline);
    const left = deleted === undefined && !end.isGone ? await service.findInstance(id, deadline) : undefined;
    if (left === undefined) {
      return deleted;
    }
    const intervalInMs = (isBeingDeleted(left) ? work : lag).nextIntervalInMs();
    if (intervalInMs === undefined) {
      throw new TracedError(
        `${what}: the service reports success, but the instance is still there; run the update again`,
        left.correlationId,
      );
    }
    const { correlationId } = left;
    deadline.mustAllow(intervalInMs, what, protectionStateOf(left), { correlationId });
    showProgress("waiting until Azure shows it no longer");
    await clock.sleep(intervalInMs);
  }
}
