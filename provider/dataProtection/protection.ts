import { ArmError, OperationFailedError, isNotFound } from "../azure/http/errors";
import type { AcceptedOperation } from "../azure/http/longRunning";
import { Patience } from "../azure/http/patience";
import { PollPace } from "../azure/http/pollPace";
import { TracedError } from "../azure/http/tracing";
import type { InstanceWatch } from "./instanceWatch";
import { meaningOf, protectionStateOf } from "./protectionState";
import type { Seen } from "./seen";
import type { DataProtectionService } from "./service";
import type { ServiceError } from "./serviceError";
import { describeServiceError, readUserFacingError } from "./serviceError";
import type { Waiting } from "./waiting";
import { progressOf } from "./waiting";
import type { WireBackupInstance } from "./wire";

/** Protection that came to rest in another state than the good one. */
export class ProtectionFailedError extends TracedError {
  override readonly name = "ProtectionFailedError";
  /** Why, if the service says so. */
  readonly reason: ServiceError | undefined;

  constructor(readonly instance: Seen<WireBackupInstance>) {
    const { protectionErrorDetails, protectionStatus } = instance.properties;
    const details = protectionErrorDetails ?? protectionStatus?.errorDetails;
    const reason = details == null ? undefined : readUserFacingError(details);
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

/** The instance that is waited for, and those who look at it. */
export interface WatchedInstance {
  backupInstanceId: string;
  service: DataProtectionService;
  watch: InstanceWatch;
}

/**
 * The second wait of a create or an update: the operation of a PUT ends long before the datasource is protected (1 s, and 30 s
 * to 8 min: facts, section 3.1), so the instance is looked at until its state is final. A broken one is repaired once, by the
 * service's own means.
 *
 * @param namedIntervalInMs - The interval that the service named for the operation before, in milliseconds, if there was one.
 * @returns The instance, protected.
 * @throws {@link ProtectionFailedError} when the final state is any other than protected, also one that nobody knows.
 */
export async function waitUntilProtected(
  watched: WatchedInstance,
  namedIntervalInMs: number | undefined,
  waiting: Waiting,
): Promise<Seen<WireBackupInstance>> {
  let instance = await waitUntilFinal(watched, namedIntervalInMs, waiting);
  if (meaningOf(protectionStateOf(instance)) === "broken") {
    const operation = await repair(watched, waiting);
    instance = operation ? await waitUntilFinal(watched, operation.namedIntervalInMs, waiting) : instance;
  }
  if (meaningOf(protectionStateOf(instance)) !== "protected") {
    throw new ProtectionFailedError(instance);
  }
  return instance;
}

async function waitUntilFinal(
  { backupInstanceId, watch }: WatchedInstance,
  namedIntervalInMs: number | undefined,
  { clock, deadline, showProgress }: Waiting,
): Promise<Seen<WireBackupInstance>> {
  const pace = new PollPace(clock, namedIntervalInMs);
  const patience = new Patience();
  let correlationId: string | undefined;
  const waitingFor = `waiting for backup instance ${backupInstanceId} to be protected`;
  let lastSeen = "nothing yet";
  // Operations that began together end together: a moment later, one listing serves all of them.
  let intervalInMs = namedIntervalInMs === undefined ? 0 : pace.intervalInMs;
  for (;;) {
    try {
      const instance = await watch.look(backupInstanceId, intervalInMs, deadline);
      patience.renew();
      lastSeen = protectionStateOf(instance);
      correlationId = instance.correlationId;
      if (meaningOf(lastSeen) !== "pending") {
        return instance;
      }
    } catch (error) {
      if (isNotFound(error)) {
        const explanation = "it has vanished; somebody deleted it meanwhile: run the update again";
        throw new Error(`${waitingFor}: ${explanation}`, { cause: error });
      }
      deadline.mustLeaveTime(waitingFor, lastSeen, { correlationId, cause: error });
      patience.forgive(error);
    }
    intervalInMs = pace.intervalInMs;
    deadline.mustAllow(intervalInMs, waitingFor, lastSeen, { correlationId });
    progressOf(showProgress, inWords(lastSeen))(pace.waitedInMs);
  }
}

/** `ConfiguringProtection` as people write it: `configuring protection`. */
function inWords(state: string): string {
  return state.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}

/**
 * Has the service repair the instance; `undefined` when the service refused, since the state that it would have repaired says
 * more than its refusal.
 */
async function repair(
  { backupInstanceId, service }: WatchedInstance,
  { deadline, showProgress }: Waiting,
): Promise<AcceptedOperation | undefined> {
  const tell = progressOf(showProgress, "protection is broken: asking the service to repair it");
  tell(0);
  try {
    const operation = await service.sync(backupInstanceId, deadline);
    await operation.wait(deadline, `repairing backup instance ${backupInstanceId}`, tell);
    return operation;
  } catch (error) {
    if (error instanceof ArmError || error instanceof OperationFailedError) {
      return undefined;
    }
    throw error;
  }
}
