import { isNotFound } from "../azure/http/errors";
import { TracedError } from "../azure/http/tracing";
import { ownerOf } from "../lifecycle/claim";
import type { AcceptedOperation } from "../azure/http/longRunning";
import { vaultIdOf } from "../dataProtection/backupInstance";
import { runCritical } from "../dataProtection/criticalOperation";
import { explainFailure } from "../explain/explainFailure";
import type { Pause } from "../dataProtection/protectionState";
import { isPausedBy, protectionStateOf } from "../dataProtection/protectionState";
import type { GuardApproval } from "../dataProtection/resourceGuard";
import type { Waiting } from "../dataProtection/waiting";
import { progressOf } from "../dataProtection/waiting";
import type { WireBackupInstance } from "../dataProtection/wire";
import type { InstanceOutputs } from "./inputs";
import { describeDeletion } from "./recovery";
import { isLeftBehind, wasNotCreated } from "./notCreated";
import type { Session } from "../host/session";
import { waitingFor } from "../host/session";

/**
 * Does to the instance what `onDelete` says, and waits until it is done. One that is gone already, or whose vault is, needs
 * nothing; one that another resource of this operation has taken over is left alone.
 */
export async function deleteInstance(session: Session, id: string, state: InstanceOutputs): Promise<void> {
  const waiting = waitingFor(session, "delete", id, state.timeouts);
  try {
    if (!wasNotCreated(state) || (await isLeftBehind(session, id, state, waiting.deadline))) {
      await endProtection(session, id, state, waiting);
    }
  } catch (error) {
    if (!isNotFound(error)) {
      throw new Error(explainFailure(`deleting backup instance ${id}`, error, state), { cause: error });
    }
  }
}

async function endProtection(
  session: Session,
  id: string,
  state: InstanceOutputs,
  waiting: Waiting,
): Promise<void> {
  if (session.keptResources.isKept(id)) {
    await session.rows.say(
      id,
      `left ${id} alone: another resource of this stack protects its datasource with it`,
    );
    return;
  }
  const onDelete = state.onDelete ?? "delete";
  if (onDelete === "retain") {
    await session.rows.say(id, `left ${id} as it is: no stack looks after it any more`);
    return;
  }
  const live = await session.live.find(id, waiting.deadline);
  const owner = live && ownerOf(live);
  if (owner !== undefined && owner !== state.claimedBy) {
    await session.rows.say(id, `left ${id} alone: it belongs to stack ${owner}`);
    return;
  }
  session.live.willWrite(id);
  await (onDelete === "delete" ? remove(session, id, waiting) : pause(session, id, onDelete, live, waiting));
}

async function remove(session: Session, id: string, waiting: Waiting): Promise<void> {
  const { service } = session;
  const { deadline } = waiting;
  const what = `deleting backup instance ${id}`;
  const vaultId = vaultIdOf(id);
  const end = async (approval?: GuardApproval): Promise<AcceptedOperation> => {
    if (approval !== undefined) {
      await service.unlockDelete(vaultId, id, approval, deadline);
    }
    const operation = await service.delete(id, deadline, approval);
    await operation.wait(deadline, what, progressOf(waiting.showProgress, "waiting for Azure to delete it"));
    return operation;
  };
  const operations = () => ["backupInstances/delete"] as const;
  const deletion = { service, vaultId, operations, canNameApprovals: true };
  const operation = await runCritical(deletion, end, waiting);
  const deleted = await service.findDeleted(id, deadline);
  if (deleted !== undefined) {
    session.live.wasDeleted(id);
    const policyId = deleted.properties.policyInfo.policyId;
    const held = `until then it keeps policy ${policyId} and its vault from being deleted`;
    await session.rows.say(id, `${id} is soft-deleted (${describeDeletion(deleted)}); ${held}`);
    return;
  }
  const wasGone = operation.accepted.statusCode === 204;
  const left = wasGone ? undefined : await service.findInstance(id, deadline);
  if (left !== undefined) {
    throw new TracedError(
      `${what}: the service reports success, but the instance is still there; run the update again`,
      left.correlationId,
    );
  }
  session.live.wasDeleted(id);
}

const pauseNotices: Record<Pause, (id: string) => string> = {
  stopProtection: (id) => `stopped the protection of ${id}; its recovery points are kept for ever`,
  suspendBackups: (id) => `suspended the backups of ${id}; its recovery points are kept as the policy says`,
};

/** Ends the backups and keeps the recovery points. What a run before this one has done already is not asked for again. */
async function pause(
  { service, rows }: Session,
  id: string,
  action: Pause,
  live: WireBackupInstance | undefined,
  waiting: Waiting,
): Promise<void> {
  const { deadline } = waiting;
  const { canNameApprovals } = service;
  const operations = () => [`backupInstances/${action}/action`] as const;
  const critical = { service, vaultId: vaultIdOf(id), operations, canNameApprovals };
  const end = async (approval?: GuardApproval): Promise<void> => {
    const operation = await service.act(id, action, deadline, approval);
    const tell = progressOf(waiting.showProgress, "waiting for Azure to end the backups");
    await operation.wait(deadline, `ending the backups of backup instance ${id}`, tell);
  };
  if (live === undefined || !isPausedBy(action, protectionStateOf(live))) {
    await runCritical(critical, end, waiting);
  }
  await rows.say(id, pauseNotices[action](id));
}
