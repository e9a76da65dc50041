import { property, textProperty } from "../../arm/requestBody";
import type { Cloud } from "../../cloud";
import type { Answer, Call } from "../../message";
import { findInstance } from "../backupInstances";
import { kindOf } from "../datasources";
import type { BackupInstance } from "../instanceState";
import { accepted, beginOperation } from "../operations";
import { findMissingPermission } from "../permissions";
import { findRefusal } from "../protectionChecks";
import { invalidInput, refusal, userError } from "../userErrors";
import { vaultOf } from "../vaults";
import { backupRulesOf, retentionTagOf } from "./backupRules";
import type { BackupRule } from "./backupRules";
import { beginJob, endJob } from "./jobs";
import type { BackupJob } from "./jobs";
import { addRecoveryPoint, newPointName, recoveryPointIdOf, recoveryPointsOf } from "./recoveryPoints";

export interface EndBackup {
  kind: "endBackup";
  jobId: string;
}

/**
 * A backup on demand by a backup rule of the policy, named exactly: `Default`, the retention rule, is refused
 * (azure-cli-extensions#7628).
 */
export function backupNow(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  const options = property(call.body, "backupRuleOptions");
  const ruleName = textProperty(options, "ruleName") ?? "";
  const rules = backupRulesOf(cloud.policies.get(instance.spec.policyInfo.policyId));
  const rule = rules.find(({ name }) => name === ruleName);
  if (!rule) {
    throw invalidInput(`The backup policy has no backup rule '${ruleName}'.`);
  }
  if (instance.state !== "ProtectionConfigured" || instance.deletionOperationId !== undefined) {
    // That nothing is backed up whose protection is not configured is documented; the code is assumed.
    throw refusal(
      userError(
        "UserErrorInvalidParameterInRequest",
        `The operation is not allowed while the protection status is ${instance.state}.`,
        "Configure or resume protection, and retry the operation.",
      ),
    );
  }
  const tag = textProperty(property(options, "triggerOption"), "retentionTagOverride") || "default";
  const job = beginBackup(cloud, instance, rule, tag, cloud.now(), true);
  const about = { instanceId: instance.id, jobId: job.id };
  return accepted(
    cloud,
    call,
    beginOperation(cloud, call, vaultOf(cloud, call), "adhocBackup", about),
    "adhocBackup",
  );
}

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

function beginBackup(
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
