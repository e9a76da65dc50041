import { readAfterWrite } from "../../azure/http/readLag";
import type { Waiting } from "../waiting";
import type { Job } from "./job";
import { beginJob } from "./jobStart";
import { followJob } from "./jobWatch";
import type { RecoveryPoint } from "./recoveryPoint";
import type { RecoveryService } from "./recoveryService";

/** A backup that was made. */
export interface MadeBackup {
  job: Job;
  point: RecoveryPoint;
  /** Whether its job was at work already, so that no other was begun. */
  wasRunning: boolean;
}

/** A backup that the service calls completed, and that left nothing to restore from. */
export class NoRecoveryPointError extends Error {
  override readonly name = "NoRecoveryPointError";

  constructor(job: Job) {
    super(
      `backup job ${job.id}: ${job.status}, but no recovery point of it can be seen; do not count on this backup, and ask ` +
        "Microsoft support with the id of the job",
    );
  }
}

/**
 * Makes a backup on demand by a rule of the policy, and waits until there is a recovery point of it.
 *
 * @param ruleName - Of a rule that backs up, not of one that says how long backups are kept.
 * @param tellJob - Told the id of the job as soon as it is known.
 * @throws {@link JobFailedError} when the job fails, {@link NoRecoveryPointError} when nothing came of it.
 */
export async function backUp(
  recovery: RecoveryService,
  backupInstanceId: string,
  ruleName: string,
  waiting: Waiting,
  tellJob: (jobId: string) => void,
): Promise<MadeBackup> {
  const { clock, deadline } = waiting;
  const start = async () => recovery.backUp(backupInstanceId, ruleName, deadline);
  const { jobId, wasRunning, namedIntervalInMs } = await beginJob(
    { recovery, backupInstanceId, operation: "Backup", servesRunning: true, isOurs: () => true, start },
    waiting,
  );
  tellJob(jobId);
  const job = await followJob(recovery, jobId, waiting, namedIntervalInMs);
  const isOfJob = ({ id, time }: RecoveryPoint): boolean =>
    job.madePointId === undefined ? Date.parse(time) >= Date.parse(job.startTime) : id === job.madePointId;
  const point = await readAfterWrite(
    async () => (await recovery.listRecoveryPoints(backupInstanceId, deadline)).find(isOfJob),
    (found) => found !== undefined,
    { clock, deadline, ...(namedIntervalInMs === undefined ? {} : { namedIntervalInMs }) },
  );
  if (point === undefined) {
    throw new NoRecoveryPointError(job);
  }
  return { job, point, wasRunning };
}
