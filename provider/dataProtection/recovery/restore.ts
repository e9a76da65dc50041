import { readAfterWrite } from "../../azure/http/readLag";
import { isSameResourceId } from "../../azure/resourceId";
import { vaultIdOf } from "../backupInstance";
import { runCritical } from "../criticalOperation";
import type { DataProtectionService } from "../service";
import { validateUntilPermitted } from "../validation";
import type { Waiting } from "../waiting";
import { progressOf } from "../waiting";
import type { Job } from "./job";
import { meaningOfJob } from "./job";
import type { BegunJob } from "./jobStart";
import { beginJob } from "./jobStart";
import { followJob } from "./jobWatch";
import type { RecoveryService } from "./recoveryService";
import type { RestorePlan } from "./restorePlan";
import { missingOf } from "./restoreTarget";

/** What a restore asks of the service. */
export interface RestoreServices {
  service: DataProtectionService;
  recovery: RecoveryService;
}

/** What there would be twice. */
export class TargetExistsError extends Error {
  override readonly name = "TargetExistsError";

  constructor(ids: readonly string[]) {
    super(
      `restoring to ${ids.join(", ")}: it is there already, and a restore never takes the place of something; choose another name`,
    );
  }
}

/** A restore of the same account that is at work, in whose way another one would be. */
export class RestoreAtWorkError extends Error {
  override readonly name = "RestoreAtWorkError";

  constructor(job: Job) {
    super(
      `restoring in place: job ${job.id} restores the same account; wait for it with ` +
        `\`npx pulumi-azure-dataprotection jobs --job-id ${job.id} --follow\``,
    );
  }
}

/** A restore that the service calls completed, and whose target is not there. */
export class NotRestoredError extends Error {
  override readonly name = "NotRestoredError";

  constructor(job: Job, missing: readonly string[]) {
    super(
      `restore job ${job.id}: ${job.status}, but ${missing.join(", ")} cannot be seen; run it again, and if it stays so, ask ` +
        "Microsoft support with the id of the job",
    );
  }
}

/**
 * Asks the service whether it would restore. Changes nothing.
 *
 * @param waitsForRoles - Whether it is asked again while it misses permissions only, since they were granted a moment ago.
 * @throws {@link OperationFailedError} or {@link ArmError} for what the service objects to.
 */
export async function validateRestore(
  { recovery }: RestoreServices,
  { backupInstanceId, request }: RestorePlan,
  waitsForRoles: boolean,
  waiting: Waiting,
): Promise<void> {
  const { deadline, showProgress } = waiting;
  const waitingFor = `validating the restore of ${backupInstanceId}`;
  const ask = async () => recovery.validateRestore(backupInstanceId, request, deadline);
  if (waitsForRoles) {
    await validateUntilPermitted(ask, waitingFor, waiting);
  } else {
    await (await ask()).wait(deadline, waitingFor, progressOf(showProgress, "validating"));
  }
}

/**
 * What an earlier run has done of a plan: the job that does it at work, or one that has completed and whose target is there.
 *
 * @throws {@link TargetExistsError} when something else has made the target.
 */
export async function findEarlier(
  { recovery }: RestoreServices,
  plan: RestorePlan,
  { deadline }: Waiting,
): Promise<Job | undefined> {
  const { backupInstanceId, madeIds } = plan;
  const all = await recovery.listJobs(vaultIdOf(backupInstanceId), deadline);
  const restores = all.filter(
    (job) => job.operation === "Restore" && isSameResourceId(job.backupInstanceId, backupInstanceId),
  );
  const missing = await missingOf(recovery.client, madeIds, deadline);
  const isMade = madeIds.length > 0 && missing.length === 0;
  for (const { id, ...listed } of restores) {
    const meaning = meaningOfJob({ id, ...listed });
    if (meaning === "running" || (meaning === "completed" && isMade)) {
      const job = await recovery.getJob(id, deadline);
      if (isOf(plan, job)) {
        return job;
      }
    }
  }
  const existing = madeIds.filter((id) => !missing.includes(id));
  if (existing.length > 0) {
    throw new TargetExistsError(existing);
  }
  return undefined;
}

function isOf({ destinationId, pointId }: RestorePlan, job: Job): boolean {
  return isSameResourceId(job.destinationId ?? "", destinationId) && job.readPointId === pointId;
}

/**
 * Restores, and waits until the job has completed and what it makes is there. A restore is begun once: one that an earlier run has
 * begun is followed.
 *
 * @param earlier - What {@link findEarlier} has found.
 * @param tellJob - Told the id of the job as soon as it is known.
 * @throws {@link JobFailedError} when the job fails, {@link NotRestoredError} when nothing came of it.
 */
export async function restore(
  services: RestoreServices,
  plan: RestorePlan,
  earlier: Job | undefined,
  waiting: Waiting,
  tellJob: (jobId: string) => void,
): Promise<{ job: Job; wasBegun: boolean }> {
  const { recovery } = services;
  const { clock, deadline } = waiting;
  if (earlier !== undefined && plan.madeIds.length === 0) {
    throw new RestoreAtWorkError(earlier);
  }
  const begun: BegunJob =
    earlier === undefined
      ? await begin(services, plan, waiting)
      : { jobId: earlier.id, wasRunning: true, namedIntervalInMs: undefined };
  tellJob(begun.jobId);
  const job = await followJob(recovery, begun.jobId, waiting, begun.namedIntervalInMs);
  const missing = await readAfterWrite(
    async () => missingOf(recovery.client, plan.madeIds, deadline),
    (ids) => ids.length === 0,
    {
      clock,
      deadline,
      ...(begun.namedIntervalInMs === undefined ? {} : { namedIntervalInMs: begun.namedIntervalInMs }),
    },
  );
  if (missing.length === 0) {
    return { job, wasBegun: !begun.wasRunning };
  }
  if (!begun.wasRunning) {
    throw new NotRestoredError(job, missing);
  }
  // The earlier run was about other containers of the same point.
  return restore(services, plan, undefined, waiting, tellJob);
}

/** A Resource Guard may watch over restores. */
async function begin(
  { service, recovery }: RestoreServices,
  plan: RestorePlan,
  waiting: Waiting,
): Promise<BegunJob> {
  const { backupInstanceId, request } = plan;
  const start = async () =>
    runCritical(
      {
        service,
        vaultId: vaultIdOf(backupInstanceId),
        operations: () => ["backupInstances/restore/action"],
        canNameApprovals: service.canNameApprovals,
      },
      async (approval) => recovery.restore(backupInstanceId, request, waiting.deadline, approval),
      waiting,
    );
  const isOurs = (job: Job): boolean => isOf(plan, job);
  return beginJob(
    { recovery, backupInstanceId, operation: "Restore", servesRunning: false, isOurs, start },
    waiting,
  );
}
