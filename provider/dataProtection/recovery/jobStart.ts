import { isAmbiguous } from "../../azure/http/errors";
import type { AcceptedOperation } from "../../azure/http/longRunning";
import { readAfterWrite } from "../../azure/http/readLag";
import { asRecord, text } from "../../azure/json";
import { isSameResourceId } from "../../azure/resourceId";
import { vaultIdOf } from "../backupInstance";
import type { Waiting } from "../waiting";
import type { Job } from "./job";
import { meaningOfJob } from "./job";
import type { RecoveryService } from "./recoveryService";

/** What is to be begun once, and not a second time. */
export interface Undertaking {
  recovery: RecoveryService;
  backupInstanceId: string;
  operation: "Backup" | "Restore";
  /** Whether a job of the instance that is at work already does the same, so that no other is begun. */
  servesRunning: boolean;
  /** Whether a job that has begun since is this one, and not somebody else's. */
  isOurs: (job: Job) => boolean;
  /** Asks the service once. */
  start: () => Promise<AcceptedOperation>;
}

/** A job that was begun, or found at work. */
export interface BegunJob {
  jobId: string;
  /** Whether it was at work before. */
  wasRunning: boolean;
  namedIntervalInMs: number | undefined;
}

/** A request of which the service does not say whether it counted, and of which the vault's jobs show nothing. */
export class NotBegunError extends Error {
  override readonly name = "NotBegunError";

  constructor(operation: Undertaking["operation"], backupInstanceId: string, loss: unknown) {
    const reason = loss instanceof Error ? loss.message.replace(/\.$/, "") : "the service names no job";
    super(
      `starting the ${operation.toLowerCase()} of ${backupInstanceId}: ${reason}; the vault's jobs show none that it began: ` +
        "run it again",
      { cause: loss },
    );
  }
}

/**
 * Begins a backup or a restore, and finds out which job it is. One that is at work already is not begun again; where the answer
 * to the request is lost, or the end of its operation, the vault's jobs show whether it counted.
 *
 * @throws What the service refuses the request with, and {@link NotBegunError} when no job of it can be seen.
 */
export async function beginJob(
  { recovery, backupInstanceId, operation, servesRunning, isOurs, start }: Undertaking,
  waiting: Waiting,
): Promise<BegunJob> {
  const { clock, deadline, showProgress } = waiting;
  const jobs = async (): Promise<Job[]> => {
    const all = await recovery.listJobs(vaultIdOf(backupInstanceId), deadline);
    return all.filter(
      (job) => job.operation === operation && isSameResourceId(job.backupInstanceId, backupInstanceId),
    );
  };
  const before = await jobs();
  const running = before.find((job) => meaningOfJob(job) === "running");
  if (running !== undefined && servesRunning) {
    return { jobId: running.id, wasRunning: true, namedIntervalInMs: undefined };
  }
  let accepted: AcceptedOperation | undefined;
  let loss: unknown;
  try {
    accepted = await start();
    showProgress(`starting the ${operation.toLowerCase()}`);
    await accepted.wait(deadline, `starting the ${operation.toLowerCase()} of ${backupInstanceId}`);
  } catch (error) {
    if (!isAmbiguous(error)) {
      throw error;
    }
    loss = error;
  }
  const { namedIntervalInMs } = accepted ?? {};
  const named = loss === undefined ? jobIdIn(accepted?.lastAnswer.body, backupInstanceId) : undefined;
  if (named !== undefined) {
    return { jobId: named, wasRunning: false, namedIntervalInMs };
  }
  const known = new Set(before.map(({ id }) => id));
  const findOurs = async (): Promise<Job | undefined> => {
    for (const { id } of (await jobs()).filter((job) => job.isUserTriggered && !known.has(job.id))) {
      const job = await recovery.getJob(id, deadline);
      if (isOurs(job)) {
        return job;
      }
    }
    return undefined;
  };
  const begun = await readAfterWrite(findOurs, (job) => job !== undefined, {
    clock,
    deadline,
    ...(namedIntervalInMs === undefined ? {} : { namedIntervalInMs }),
  });
  if (begun === undefined) {
    throw new NotBegunError(operation, backupInstanceId, loss);
  }
  return { jobId: begun.id, wasRunning: false, namedIntervalInMs };
}

/** The job's ARM id, or its GUID alone, as restores across regions name it. */
function jobIdIn(body: unknown, backupInstanceId: string): string | undefined {
  const { properties, jobId: ofResult } = asRecord(body);
  const jobId = text(asRecord(properties).jobId) ?? text(ofResult);
  return jobId === undefined || jobId.startsWith("/")
    ? jobId
    : `${vaultIdOf(backupInstanceId)}/backupJobs/${jobId}`;
}
