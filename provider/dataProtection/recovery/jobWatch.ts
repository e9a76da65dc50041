import { formatDuration } from "../../azure/clock";
import { ArmError, isNotFound } from "../../azure/http/errors";
import { Patience } from "../../azure/http/patience";
import { PollPace } from "../../azure/http/pollPace";
import { ReadLag } from "../../azure/http/readLag";
import { describeServiceError } from "../serviceError";
import type { Waiting } from "../waiting";
import type { Job } from "./job";
import { meaningOfJob } from "./job";
import type { RecoveryService } from "./recoveryService";

/** A job that the service has ended without success. */
export class JobFailedError extends Error {
  override readonly name = "JobFailedError";

  constructor(readonly job: Job) {
    const reasons = job.errors.map(describeServiceError).join(" ");
    super(
      `${job.operation.toLowerCase()} job ${job.id}: ${job.status}: ${reasons || "the service gives no reason"}`,
    );
  }
}

/**
 * Follows a job to its end. The operation that began it has succeeded within seconds, which says nothing (restore_disk 9 to 29).
 *
 * @param namedIntervalInMs - The interval that the service named when it accepted the request, in milliseconds; it tells how
 *   fast the service is.
 * @returns The job, completed.
 * @throws {@link JobFailedError} when it ends otherwise.
 * @throws {@link DeadlineExceededError} when it does not end before the deadline.
 */
export async function followJob(
  recovery: RecoveryService,
  jobId: string,
  { clock, deadline, showProgress }: Waiting,
  namedIntervalInMs?: number,
): Promise<Job> {
  const pace = new PollPace(clock, namedIntervalInMs);
  const patience = new Patience();
  const lag = new ReadLag(clock, { isTold: true, namedIntervalInMs });
  const waitingFor = `following job ${jobId}`;
  let lastSeen = "nothing yet";
  for (;;) {
    let waitInMs = pace.intervalInMs;
    try {
      const job = await recovery.getJob(jobId, deadline);
      patience.renew();
      switch (meaningOfJob(job)) {
        case "completed":
          return job;
        case "failed":
          throw new JobFailedError(job);
        case "running":
          lastSeen = job.status;
          showProgress(`${job.operation.toLowerCase()} ${job.status} (${formatDuration(pace.waitedInMs)})`);
      }
    } catch (error) {
      if (error instanceof JobFailedError) {
        throw error;
      }
      deadline.mustLeaveTime(waitingFor, lastSeen, { cause: error });
      // A job may be listed later than it was named.
      const lagInMs = isNotFound(error) ? lag.nextIntervalInMs() : undefined;
      if (lagInMs === undefined && error instanceof ArmError) {
        throw error;
      }
      if (lagInMs === undefined) {
        patience.forgive(error);
      }
      waitInMs = lagInMs ?? waitInMs;
    }
    deadline.mustAllow(waitInMs, waitingFor, lastSeen);
    await clock.sleep(waitInMs);
  }
}
