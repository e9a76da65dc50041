import { formatDuration } from "../azure/clock";
import { DeadlineExceededError } from "../azure/http/deadline";
import { OperationLostError } from "../azure/http/errors";
import type { AcceptedOperation } from "../azure/http/longRunning";
import { Patience } from "../azure/http/patience";
import { PollPace } from "../azure/http/pollPace";
import { isOfVaultRights, lacksIdentity } from "./refusals";
import { serviceErrorOf } from "./serviceError";
import type { Waiting } from "./waiting";
import { progressOf } from "./waiting";

/**
 * Validates until the service would do it. It is asked again only while its one objection is that the vault lacks
 * permissions: a role assignment takes up to 30 minutes to count (disk-backup documentation), and only the service knows
 * when it does.
 *
 * @param ask - Asks the service once.
 * @param waitingFor - What is waited for, as the start of a sentence.
 * @throws {@link OperationFailedError} or {@link ArmError} for any other objection, at once.
 * @throws {@link DeadlineExceededError} when permissions are still missing at the deadline; its cause is the service's error.
 */
export async function validateUntilPermitted(
  ask: () => Promise<AcceptedOperation>,
  waitingFor: string,
  waiting: Waiting,
): Promise<void> {
  const { clock, deadline, showProgress } = waiting;
  let pace: PollPace | undefined;
  let objection: Objection | undefined;
  const startedAt = clock.now();
  for (;;) {
    const last = objection;
    objection = await untilAnswered(async () => validateOnce(ask, waitingFor, waiting, last));
    if (objection === undefined) {
      return;
    }
    pace ??= new PollPace(clock, objection.namedIntervalInMs);
    const waitInMs = pace.intervalInMs;
    deadline.mustAllow(waitInMs, waitingFor, objection.code, { cause: objection.error });
    const elapsed = formatDuration(clock.now() - startedAt);
    showProgress(`waiting for role assignments (${elapsed}, next try in ${formatDuration(waitInMs)})`);
    await clock.sleep(waitInMs);
  }
}

/** Asks anew whenever the service loses the answer: a question changes nothing. */
async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const patience = new Patience();
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof OperationLostError)) {
        throw error;
      }
      patience.forgive(error);
    }
  }
}

/** A validation that only missing permissions kept from success. */
interface Objection {
  code: string;
  error: unknown;
  namedIntervalInMs: number | undefined;
}

async function validateOnce(
  ask: () => Promise<AcceptedOperation>,
  waitingFor: string,
  { deadline, showProgress }: Waiting,
  lastObjection: Objection | undefined,
): Promise<Objection | undefined> {
  let operation: AcceptedOperation | undefined;
  try {
    operation = await ask();
    const tell = lastObjection === undefined ? progressOf(showProgress, "validating") : undefined;
    await operation.wait(deadline, waitingFor, tell);
    return undefined;
  } catch (error) {
    if (error instanceof DeadlineExceededError && lastObjection !== undefined) {
      throw deadline.passed(waitingFor, lastObjection.code, { cause: lastObjection.error });
    }
    if (!isOfVaultRights(error) || lacksIdentity(serviceErrorOf(error.body))) {
      throw error;
    }
    return { code: error.body.code, error, namedIntervalInMs: operation?.namedIntervalInMs };
  }
}
