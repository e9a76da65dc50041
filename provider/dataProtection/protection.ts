import { DeadlineExceededError } from "../azure/http/deadline";
import { ArmError, OperationFailedError } from "../azure/http/errors";
import type { OperationEnd } from "../azure/http/longRunning";
import { endOf } from "../azure/http/longRunning";
import { PollPace } from "../azure/http/pollPace";
import { TracedError } from "../azure/http/tracing";
import type { DesiredInstance, Difference } from "./backupInstance";
import { differenceFrom } from "./backupInstance";
import type { Looks } from "./finalState";
import { waitUntilFinal } from "./finalState";
import { meaningOf, protectionStateOf } from "./protectionState";
import type { Seen } from "./seen";
import type { ServiceError } from "./serviceError";
import { isOnlyMissingPermissions, lacksIdentity } from "./refusals";
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

/** Protection that came to rest, of something else than what is declared: the service took the change, and did not make it. */
export class NotAsDeclaredError extends TracedError {
  override readonly name = "NotAsDeclaredError";

  constructor(
    readonly instance: Seen<WireBackupInstance>,
    { property, actual, declared }: Difference,
  ) {
    super(
      `waiting for backup instance ${instance.id} to be as it is declared: the service has accepted that, and shows ` +
        `${property} ${actual} instead of ${declared}; run the update again, and where that does not help, look into the ` +
        "activity log of the instance for what changes it back",
      instance.correlationId,
    );
  }
}

/** The instance as it was when its protection failed; `undefined` for any other failure. */
export function instanceOfFailure(error: unknown): Seen<WireBackupInstance> | undefined {
  if (error instanceof ProtectionFailedError || error instanceof NotAsDeclaredError) {
    return error.instance;
  }
  return error instanceof DeadlineExceededError ? instanceOfFailure(error.cause) : undefined;
}

/** The instance that is waited for, and those who look at it. */
export interface WatchedInstance extends Omit<Looks, "isBelieved"> {
  /** What it is to be. */
  declared: DesiredInstance;
  /** Whether backups that somebody has paused stay so. */
  mayBePaused: boolean;
}

/**
 * The second wait of a create or an update: the operation of a PUT ends long before the datasource is protected (1 s, and 30 s
 * to 8 min: facts, section 3.1), so the instance is looked at until its state is final. A broken one is repaired by the
 * service's own means: once, and time and again while nothing but permissions is missing.
 *
 * @returns The instance, protected as it is declared, or paused where it may be.
 * @throws {@link ProtectionFailedError} when the final state is any other than protected, also one that nobody knows.
 * @throws {@link NotAsDeclaredError} when it is protected otherwise than declared.
 */
export async function waitUntilProtected(
  watched: WatchedInstance,
  waiting: Waiting,
): Promise<Seen<WireBackupInstance>> {
  const isBelieved = (instance: WireBackupInstance): boolean =>
    isBroken(instance) || isAsDeclared(instance, watched);
  const first = await waitUntilFinal({ ...watched, isBelieved }, waiting);
  const instance = isBroken(first) ? await repair(watched, first, waiting) : first;
  if (!isWell(instance, watched)) {
    throw new ProtectionFailedError(instance);
  }
  const difference = differenceFrom(instance, watched.declared);
  if (difference !== undefined) {
    throw new NotAsDeclaredError(instance, difference);
  }
  return instance;
}

function isBroken(instance: WireBackupInstance): boolean {
  return meaningOf(protectionStateOf(instance)) === "broken";
}

/** Whether backups are taken, or paused where they may be. */
function isWell(instance: WireBackupInstance, { mayBePaused }: WatchedInstance): boolean {
  const meaning = meaningOf(protectionStateOf(instance));
  return meaning === "protected" || (mayBePaused && meaning === "paused");
}

function isAsDeclared(instance: WireBackupInstance, watched: WatchedInstance): boolean {
  return isWell(instance, watched) && differenceFrom(instance, watched.declared) === undefined;
}

/** Whether nothing but permissions keeps the instance from being protected: role assignments count late. */
function lacksPermissions(instance: Seen<WireBackupInstance>): boolean {
  const { reason } = new ProtectionFailedError(instance);
  const isCurable = reason !== undefined && isOnlyMissingPermissions(reason) && !lacksIdentity(reason);
  return isBroken(instance) && isCurable;
}

/**
 * Has the service repair the instance. A repair that was refused, or that has changed nothing, is the last one, unless only
 * permissions are missing: then it is tried again, at growing intervals, until the deadline.
 *
 * @returns The instance in its final state.
 */
async function repair(
  watched: WatchedInstance,
  broken: Seen<WireBackupInstance>,
  waiting: Waiting,
): Promise<Seen<WireBackupInstance>> {
  const { clock, deadline, showProgress } = waiting;
  const waitingFor = `waiting for backup instance ${watched.backupInstanceId} to be protected`;
  const isBelieved = (instance: Seen<WireBackupInstance>): boolean =>
    lacksPermissions(instance) || isAsDeclared(instance, watched);
  let instance = broken;
  let pace: PollPace | undefined;
  for (;;) {
    const isPatient = lacksPermissions(instance);
    const [state, cause] = [protectionStateOf(instance), new ProtectionFailedError(instance)];
    try {
      const write = await sync(watched, waiting);
      pace ??= new PollPace(clock, write?.namedIntervalInMs);
      if (write === undefined && !isPatient) {
        return instance;
      }
      instance = await waitUntilFinal({ ...watched, write, isBelieved }, waiting);
    } catch (error) {
      throw isPatient && error instanceof DeadlineExceededError
        ? deadline.passed(waitingFor, state, { cause })
        : error;
    }
    if (!lacksPermissions(instance)) {
      return instance;
    }
    const { intervalInMs, waitedInMs } = pace;
    deadline.mustAllow(intervalInMs, waitingFor, state, { cause });
    progressOf(showProgress, "waiting for role assignments")(waitedInMs);
    await clock.sleep(intervalInMs);
  }
}

/**
 * Asks the service to repair the instance; `undefined` when it refused, since the state that it would have repaired says more
 * than its refusal.
 */
async function sync(
  { backupInstanceId, service }: WatchedInstance,
  { deadline, showProgress }: Waiting,
): Promise<OperationEnd | undefined> {
  const tell = progressOf(showProgress, "protection is broken: asking the service to repair it");
  tell(0);
  try {
    const operation = await service.sync(backupInstanceId, deadline);
    return await endOf(operation, deadline, `repairing backup instance ${backupInstanceId}`, tell);
  } catch (error) {
    if (error instanceof ArmError || error instanceof OperationFailedError) {
      return undefined;
    }
    throw error;
  }
}
