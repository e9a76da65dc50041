import { randomBytes, randomUUID } from "node:crypto";
import type { Cloud } from "../../cloud";
import type { BackupInstance } from "../../records/backupInstance";
import type { RecoveryPoint } from "../../records/recovery";
import { addDuration } from "../isoDuration";
import { retentionOf } from "./backupRules";

/** One data store's id in every recovery point of this process: the service has one for each vault. */
export const dataStoreId = randomUUID();

export function newPointName(): string {
  return randomBytes(16).toString("hex");
}

export function recoveryPointIdOf(instanceId: string, name: string): string {
  return `${instanceId}/recoveryPoints/${name}`;
}

/** Keeps a new point and forgets those that have expired by it. */
export function addRecoveryPoint(cloud: Cloud, instance: BackupInstance, point: RecoveryPoint): void {
  cloud.recoveryPoints.put(point);
  const kept = new Set(recoveryPointsOf(cloud, instance).map(({ id }) => id));
  for (const { id } of cloud.recoveryPoints.below(instance.id)) {
    if (!kept.has(id)) {
      cloud.recoveryPoints.delete(id);
    }
  }
}

/** The points that an instance can be restored from, newest first. The last one stays until another comes. */
export function recoveryPointsOf(cloud: Cloud, instance: BackupInstance): RecoveryPoint[] {
  return cloud.recoveryPoints
    .below(instance.id)
    .sort((one, other) => other.takenAt - one.takenAt)
    .filter((point, index) => index === 0 || !hasExpired(cloud, instance, point));
}

/** Data that is retained while protection is stopped is retained for ever (facts 4.1). */
function hasExpired(cloud: Cloud, instance: BackupInstance, point: RecoveryPoint): boolean {
  return (
    instance.state !== "ProtectionStopped" && (expiryOf(cloud, instance, point) ?? Infinity) <= cloud.now()
  );
}

/** When the policy lets a point go. */
function expiryOf(cloud: Cloud, { spec }: BackupInstance, point: RecoveryPoint): number | undefined {
  const retention = retentionOf(cloud.policies.get(spec.policyInfo.policyId), point.retentionTag);
  return retention === undefined ? undefined : addDuration(point.createdAt, retention);
}

/**
 * The expiry that is shown. The only point of an instance has none (backup_and_restore_aks 39), the newest of several
 * has one (recovery_point_list 1).
 */
export function shownExpiryOf(
  cloud: Cloud,
  instance: BackupInstance,
  point: RecoveryPoint,
): number | undefined {
  const isOnly = recoveryPointsOf(cloud, instance).length === 1;
  return isOnly ? undefined : expiryOf(cloud, instance, point);
}
