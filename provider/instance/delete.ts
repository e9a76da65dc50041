import { isNotFound } from "../azure/http/errors";
import type { AcceptedOperation, OperationEnd } from "../azure/http/longRunning";
import { ReadLag, readAfterWrite } from "../azure/http/readLag";
import { TracedError } from "../azure/http/tracing";
import { ownerOf } from "../lifecycle/claim";
import { vaultIdOf } from "../dataProtection/backupInstance";
import { runCritical } from "../dataProtection/criticalOperation";
import { runInstanceOperation } from "../dataProtection/instanceOperation";
import { explainFailure } from "../explain/explainFailure";
import type { Pause } from "../dataProtection/protectionState";
import { isPausedBy, protectionStateOf } from "../dataProtection/protectionState";
import type { GuardApproval } from "../dataProtection/resourceGuard";
import type { Seen } from "../dataProtection/seen";
import type { Waiting } from "../dataProtection/waiting";
import type { WireBackupInstance } from "../dataProtection/wire";
import type { InstanceOutputs } from "./inputs";
import { remove } from "./removal";
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
    throw new Error(explainFailure(`deleting backup instance ${id}`, error, state), { cause: error });
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
  await (onDelete === "delete"
    ? remove(session, id, live !== undefined, waiting)
    : pause(session, id, onDelete, live, waiting));
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
  const { canNameApprovals } = service;
  const operations = () => [`backupInstances/${action}/action`] as const;
  const critical = { service, vaultId: vaultIdOf(id), operations, canNameApprovals };
  const what = `ending the backups of backup instance ${id}`;
  const isPaused = (seen: WireBackupInstance | undefined): boolean =>
    seen !== undefined && isPausedBy(action, protectionStateOf(seen));
  const look = async (): Promise<Seen<WireBackupInstance> | undefined> =>
    service.findInstance(id, waiting.deadline);
  const run = async (approval?: GuardApproval): Promise<OperationEnd> => {
    const begin = async (): Promise<AcceptedOperation> => service.act(id, action, waiting.deadline, approval);
    const progress = "waiting for Azure to end the backups";
    const pausing = { service, backupInstanceId: id, what, progress, begin, hasCounted: isPaused };
    return runInstanceOperation(pausing, waiting);
  };
  if (!isPaused(live)) {
    const end = await runCritical(critical, run, waiting).catch(unlessNotFound);
    const seen = await readAfterWrite(look, isPaused, waiting, new ReadLag(waiting.clock, end));
    if (seen === undefined) {
      return;
    }
    if (!isPaused(seen)) {
      throw new TracedError(
        `${what}: the service has accepted that, and still shows ${protectionStateOf(seen)}; run this again`,
        seen.correlationId,
      );
    }
  }
  await rows.say(id, pauseNotices[action](id));
}

/** Where there is nothing, there is nothing to end. */
function unlessNotFound(error: unknown): OperationEnd | undefined {
  if (isNotFound(error)) {
    return undefined;
  }
  throw error;
}
