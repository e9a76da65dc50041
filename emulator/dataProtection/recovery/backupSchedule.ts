import type { Cloud } from "../../cloud";
import type { BackupInstance } from "../../records/backupInstance";
import type { ScheduledBackup } from "../../records/task";
import { beginScheduledBackup } from "./backup";
import { backupRulesOf, nextBackupAt } from "./backupRules";

/** Lets an instance be backed up as its policy says, from now on. */
export function followSchedule(cloud: Cloud, { id, spec }: BackupInstance, at: number): void {
  const rules = backupRulesOf(cloud.policies.get(spec.policyInfo.policyId));
  const dueAt = Math.min(...rules.map((rule) => nextBackupAt(rule, at)));
  if (Number.isFinite(dueAt)) {
    cloud.nextBackups.put({ id, dueAt });
    cloud.schedule(dueAt, { kind: "scheduledBackup", instanceId: id });
  }
}

/** Backs up unless protection is paused or gone, and goes on with the schedule of the policy that counts by now. */
export function performScheduledBackup(cloud: Cloud, { instanceId }: ScheduledBackup, at: number): void {
  const instance = cloud.instances.get(instanceId);
  if (cloud.nextBackups.get(instanceId)?.dueAt !== at) {
    return;
  }
  cloud.nextBackups.delete(instanceId);
  if (!instance) {
    return;
  }
  const rules = backupRulesOf(cloud.policies.get(instance.spec.policyInfo.policyId));
  const due = rules.find((rule) => nextBackupAt(rule, at - 1) === at);
  if (due && instance.state === "ProtectionConfigured") {
    beginScheduledBackup(cloud, instance, due, at);
  }
  followSchedule(cloud, instance, at);
}
