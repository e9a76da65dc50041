import { randomUUID } from "node:crypto";
import type { Cloud } from "../../cloud";
import type { BackupInstance } from "../../records/backupInstance";
import type { BackupJob, JobOperation } from "../../records/recovery";
import type { UserFacingError } from "../userErrors";

/** The words of a job that will not go on; every other one means that it runs. */
export const endedJobStatuses: readonly string[] = [
  "Completed",
  "CompletedWithWarnings",
  "Failed",
  "Cancelled",
];

/** How long the service remembers jobs (facts, restore 5.3). */
const keptInMs = 14 * 24 * 60 * 60 * 1000;

/** The jobs of a vault in the order in which they began (job_list_and_show 1). */
export function jobsOf(cloud: Cloud, vaultId: string): BackupJob[] {
  return cloud.jobs
    .below(vaultId)
    .filter(({ startedAt }) => startedAt > cloud.now() - keptInMs)
    .sort((one, other) => one.startedAt - other.startedAt);
}

/** Notes a job that begins at `at`, and forgets those that the service remembers no more. */
export function beginJob(
  cloud: Cloud,
  { id: instanceId, vaultId, spec }: BackupInstance,
  at: number,
  about: Pick<BackupJob, "operation" | "isUserTriggered" | "store" | "backup" | "restore">,
): BackupJob {
  const name = randomUUID();
  const job: BackupJob = {
    id: `${vaultId}/backupJobs/${name}`,
    name,
    vaultId,
    activityId: randomUUID(),
    instanceId,
    spec,
    startedAt: at,
    changedAt: at,
    status: "InProgress",
    ...about,
  };
  cloud.jobs.put(job);
  for (const { id, startedAt } of cloud.jobs.below(vaultId)) {
    if (startedAt <= at - keptInMs) {
      cloud.jobs.delete(id);
    }
  }
  return job;
}

export function outcomeIdOf(instanceId: string, operation: JobOperation): string {
  return `${instanceId}/${operation}`;
}

/** Ends a job: as control wants it, failed for `error`, or completed, once `perform` has done what it is for. */
export function endJob(
  cloud: Cloud,
  job: BackupJob,
  at: number,
  error: UserFacingError | undefined,
  perform: () => Partial<BackupJob>,
): void {
  const outcome = cloud.jobOutcomes.get(outcomeIdOf(job.instanceId, job.operation));
  const status = outcome?.status ?? (error ? "Failed" : "Completed");
  const reason = outcome ? outcome.error : error;
  const { error: _before, ...rest } = job;
  cloud.jobs.put({
    ...rest,
    ...(status.startsWith("Completed") && !error && !outcome?.hasNoEffect ? perform() : {}),
    status,
    changedAt: at,
    ...(endedJobStatuses.includes(status) ? { endedAt: at } : {}),
    ...(reason ? { error: reason } : {}),
  });
}
