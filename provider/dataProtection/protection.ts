import { formatDuration } from "../azure/clock";
import { DeadlineExceededError } from "../azure/deadline";
import { ArmError, OperationFailedError, isNotFound } from "../azure/errors";
import { TracedError } from "../azure/tracing";
import { meaningOf, protectionStateOf } from "./protectionState";
import type { Seen } from "./seen";
import type { DataProtectionService } from "./service";
import type { ServiceError } from "./serviceError";
import { describeServiceError, readUserFacingError } from "./serviceError";
import type { Waiting } from "./waiting";
import type { WireBackupInstance } from "./wire";

/** Protection that came to rest in another state than the good one. */
export class ProtectionFailedError extends TracedError {
  override readonly name = "ProtectionFailedError";
  /** Why, if the service says so. */
  readonly reason: ServiceError | undefined;

  constructor(readonly instance: Seen<WireBackupInstance>) {
    const { protectionErrorDetails, protectionStatus } = instance.properties;
    const details = protectionErrorDetails ?? protectionStatus?.errorDetails;
    const reason = details === undefined ? undefined : readUserFacingError(details);
    const state = protectionStateOf(instance);
    const explanation =
      reason === undefined ? `: ${withoutReason(state)}` : ` (${describeServiceError(reason)})`;
    const message = `waiting for backup instance ${instance.id} to be protected: ${state}${explanation}`;
    super(message, instance.correlationId);
    this.reason = reason;
  }
}

/** What is to be said of a state that the service does not explain. */
function withoutReason(state: string): string {
  return meaningOf(state) === "deleted"
    ? "somebody deleted the instance; run the update again when the deletion has ended, and it has the instance back"
    : "the service gives no reason; look at the instance in the Azure portal";
}

/** A look every ten seconds at the most: six GETs a minute, far below the service's limit of 2,000 an hour and instance. */
const longestLookIntervalInMs = 10_000;

/**
 * The second wait of a create or an update: the operation of a PUT ends long before the datasource is protected, so the
 * instance is looked at until its state is final. A broken one is repaired once, by the service's own means.
 *
 * @param paceInMs - The interval that the service asked for in the operation before, in milliseconds.
 * @returns The instance, protected.
 * @throws {@link ProtectionFailedError} when the final state is any other than protected, also one that nobody knows.
 */
export async function waitUntilProtected(
  service: DataProtectionService,
  backupInstanceId: string,
  paceInMs: number,
  waiting: Waiting,
): Promise<WireBackupInstance> {
  const first = await waitUntilFinal(service, backupInstanceId, paceInMs, waiting);
  const repairPaceInMs =
    meaningOf(protectionStateOf(first)) === "broken"
      ? await repair(service, backupInstanceId, waiting)
      : undefined;
  const instance =
    repairPaceInMs === undefined
      ? first
      : await waitUntilFinal(service, backupInstanceId, repairPaceInMs, waiting);
  if (meaningOf(protectionStateOf(instance)) !== "protected") {
    throw new ProtectionFailedError(instance);
  }
  return instance;
}

async function waitUntilFinal(
  service: DataProtectionService,
  backupInstanceId: string,
  paceInMs: number,
  { clock, deadline, showProgress }: Waiting,
): Promise<Seen<WireBackupInstance>> {
  const startedAt = clock.now();
  const intervalInMs = Math.min(paceInMs, longestLookIntervalInMs);
  const waitingFor = `waiting for backup instance ${backupInstanceId} to be protected`;
  for (;;) {
    const instance = await service.getInstance(backupInstanceId, deadline).catch((error: unknown) => {
      throw isNotFound(error) ? new Error(`${waitingFor}: ${hasVanished}`, { cause: error }) : error;
    });
    const state = protectionStateOf(instance);
    if (meaningOf(state) !== "pending") {
      return instance;
    }
    if (deadline.endsWithin(intervalInMs)) {
      const { correlationId } = instance;
      throw new DeadlineExceededError(deadline, waitingFor, state, { correlationId });
    }
    showProgress(`${inWords(state)} (${formatDuration(clock.now() - startedAt)})`);
    await clock.sleep(intervalInMs);
  }
}

const hasVanished = "it has vanished; somebody deleted it meanwhile: run the update again";

/** `ConfiguringProtection` as people write it: `configuring protection`. */
function inWords(state: string): string {
  return state.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

/**
 * Has the service repair the instance, and returns the pace at which to look at it then, in milliseconds; `undefined` when
 * the service refused, since the state that it would have repaired says more than its refusal.
 */
async function repair(
  service: DataProtectionService,
  backupInstanceId: string,
  { deadline, showProgress }: Waiting,
): Promise<number | undefined> {
  showProgress("protection is broken: asking the service to repair it");
  try {
    const operation = await service.sync(backupInstanceId, deadline);
    await operation.wait(deadline, `repairing backup instance ${backupInstanceId}`);
    return operation.pollIntervalInMs;
  } catch (error) {
    if (error instanceof ArmError || error instanceof OperationFailedError) {
      return undefined;
    }
    throw error;
  }
}
