import type { Cloud } from "../../cloud";
import type { BackupInstance } from "../../records/backupInstance";
import type { BackupJob } from "../../records/recovery";
import type { EndBackup } from "../../records/task";
import { kindOf } from "../datasources";
import { findMissingPermission } from "../permissions";
import { findRefusal } from "../protectionChecks";
import { userError } from "../userErrors";
import { retentionTagOf } from "./backupRules";
import type { BackupRule } from "./backupRules";
import { beginJob, endJob } from "./jobs";
import { addRecoveryPoint, newPointName, recoveryPointIdOf, recoveryPointsOf } from "./recoveryPoints";

/** A backup of the policy's schedule. */
export function beginScheduledBackup(
  cloud: Cloud,
  instance: BackupInstance,
  rule: BackupRule,
  at: number,
): void {
  const earlier = recoveryPointsOf(cloud, instance).map(({ createdAt }) => createdAt);
  beginBackup(cloud, instance, rule, retentionTagOf(rule, at, earlier), at, false);
}

/** Begins a backup at `at`, by a rule of the policy; what it leaves is retained as the tag says. */
export function beginBackup(
  cloud: Cloud,
  instance: BackupInstance,
  { store }: BackupRule,
  retentionTag: string,
  at: number,
  isUserTriggered: boolean,
): BackupJob {
  const job = beginJob(cloud, instance, at, {
    operation: "Backup",
    isUserTriggered,
    store,
    backup: { retentionTag },
  });
  const durationInMs = cloud.pace.inMs(store === "VaultStore" ? "vaultedBackup" : "diskBackup");
  cloud.schedule(at + durationInMs, { kind: "endBackup", jobId: job.id });
  return job;
}

/** A backup fails for what protection would fail for: a datasource that is gone, a role that was taken away. */
export function endBackup(cloud: Cloud, { jobId }: EndBackup, at: number): void {
  const job = cloud.jobs.get(jobId);
  const instance = job && cloud.instances.get(job.instanceId);
  const vault = job && cloud.vaults.get(job.vaultId);
  if (!job || !vault || job.isHeld) {
    return;
  }
  const error = instance
    ? (findRefusal(cloud, vault, instance.spec) ?? findMissingPermission(cloud, vault, instance.spec, at))
    : userError(
        "UserErrorGenericResourceNotFound",
        "The backup instance is gone.",
        "Protect the datasource.",
      );
  endJob(cloud, job, at, error, () => ({ backup: takePoint(cloud, instance!, job, at) }));
}

function takePoint(
  cloud: Cloud,
  instance: BackupInstance,
  { store, startedAt, backup }: BackupJob,
  at: number,
): NonNullable<BackupJob["backup"]> {
  const { retentionTag } = backup!;
  const name = newPointName();
  const contents = kindOf(instance.spec)!.recovery.contentsOf(cloud, instance.spec, at);
  addRecoveryPoint(cloud, instance, {
    id: recoveryPointIdOf(instance.id, name),
    name,
    store,
    ...timesOf(store, startedAt, at),
    retentionTag,
    policyName: instance.spec.policyInfo.policyId.split("/").at(-1)!,
    ...contents,
  });
  return { retentionTag, pointName: name, sizeInBytes: (contents.disk?.sizeInGib ?? 0) * 2 ** 30 };
}

/** When in its job a point is made: snapshots a third through it, copies in the vault at its beginning (recovery_point_list 1). */
function timesOf(
  store: BackupJob["store"],
  startedAt: number,
  endsAt: number,
): { takenAt: number; createdAt: number } {
  const through = (share: number): number => Math.round(startedAt + (endsAt - startedAt) * share);
  return store === "OperationalStore"
    ? { takenAt: through(2 / 3), createdAt: through(1 / 3) }
    : { takenAt: through(1 / 20), createdAt: through(1 / 20) };
}
