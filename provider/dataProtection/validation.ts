import { formatDuration } from "../azure/clock";
import { DeadlineExceededError } from "../azure/deadline";
import { ArmError, OperationFailedError } from "../azure/errors";
import type { AcceptedOperation } from "../azure/longRunning";
import type { ServiceError } from "./serviceError";
import { isOnlyMissingPermissions, lacksIdentity, serviceErrorOf } from "./serviceError";
import type { Waiting } from "./waiting";

/** The wait between two validations starts with what the service asked for, else with this, and grows. */
const firstWaitInMs = 10_000;
const growth = 1.5;
const longestWaitInMs = 30_000;

/**
 * Validates until the service would do it. It is asked again only while its one objection is that the vault lacks
 * permissions: a role assignment takes up to 30 minutes to count (disk-backup documentation), and only the service knows
 * when it does. The first wait is the one that the service asked for.
 *
 * @param ask - Asks the service once.
 * @param waitingFor - What is waited for, as the start of a sentence.
 * @throws {@link OperationFailedError} or {@link ArmError} for any other objection, at once.
 * @throws {@link DeadlineExceededError} when permissions are still missing at the deadline; its cause is the service's error.
 */
export async function validateUntilPermitted(
  ask: () => Promise<AcceptedOperation>,
  waitingFor: string,
  { clock, deadline, showProgress }: Waiting,
): Promise<void> {
  const startedAt = clock.now();
  let waitInMs: number | undefined;
  let lastRefusal: Refusal | undefined;
  for (;;) {
    const attempt = await validateOnce(ask, waitingFor, deadline, lastRefusal);
    if (attempt.refusal === undefined) {
      return;
    }
    lastRefusal = attempt.refusal;
    waitInMs = waitInMs === undefined ? attempt.paceInMs : Math.min(waitInMs * growth, longestWaitInMs);
    if (deadline.endsWithin(waitInMs)) {
      throw new DeadlineExceededError(deadline, waitingFor, lastRefusal.code, { cause: lastRefusal.error });
    }
    const elapsed = formatDuration(clock.now() - startedAt);
    showProgress(
      `waiting for role assignments to take effect (${elapsed}, next try in ${formatDuration(waitInMs)})`,
    );
    await clock.sleep(waitInMs);
  }
}

/** A validation that only missing permissions kept from success. */
interface Refusal {
  code: string;
  error: unknown;
}

async function validateOnce(
  ask: () => Promise<AcceptedOperation>,
  waitingFor: string,
  deadline: Waiting["deadline"],
  lastRefusal: Refusal | undefined,
): Promise<{ paceInMs: number; refusal?: Refusal }> {
  let paceInMs = firstWaitInMs;
  try {
    const operation = await ask();
    paceInMs = operation.pollIntervalInMs;
    await operation.wait(deadline, waitingFor);
    return { paceInMs };
  } catch (error) {
    if (error instanceof DeadlineExceededError && lastRefusal !== undefined) {
      throw new DeadlineExceededError(deadline, waitingFor, lastRefusal.code, { cause: lastRefusal.error });
    }
    const objection = objectionOf(error);
    if (objection === undefined || !isOnlyMissingPermissions(objection) || lacksIdentity(objection)) {
      throw error;
    }
    return { paceInMs, refusal: { code: objection.code, error } };
  }
}

function objectionOf(error: unknown): ServiceError | undefined {
  return error instanceof OperationFailedError || error instanceof ArmError
    ? serviceErrorOf(error.body)
    : undefined;
}
