import type { Cloud } from "../cloud";
import type { BackupInstance } from "../records/backupInstance";
import type {
  BeginProtection,
  ChangeProtection,
  EndDeletion,
  OfInstance,
  SettleProtection,
} from "../records/task";
import { lockDatasource, releaseDatasource } from "./datasourceLocks";
import { keepDeletedInstance } from "./deletedBackupInstances";
import { findMissingPermission } from "./permissions";
import { followSchedule } from "./recovery/backupSchedule";

/** Protection was taken away on purpose: a PUT leaves it so. */
export function isPaused({ state }: BackupInstance): boolean {
  const paused = [
    "ProtectionStopped",
    "BackupsSuspended",
    "BackupSchedulesSuspended",
    "RetentionSchedulesSuspended",
  ];
  return paused.includes(state);
}

/** Protection was tried and did not come about: a sync tries again. */
export function isFailed({ state }: BackupInstance): boolean {
  return state === "ProtectionError" || state === "ConfiguringProtectionFailed";
}

function current(cloud: Cloud, { instanceId, revision }: OfInstance): BackupInstance | undefined {
  const instance = cloud.instances.get(instanceId);
  return instance?.revision === revision ? instance : undefined;
}

/**
 * The PUT's operation has succeeded, and protection is configured from now on. Whether it can be is decided by the
 * roles that count at this moment, so a PUT right after the assignments is accepted and ends in `ProtectionError`.
 */
export function beginProtection(cloud: Cloud, task: BeginProtection, at: number): void {
  const instance = current(cloud, task);
  const vault = instance && cloud.vaults.get(instance.vaultId);
  if (!instance || !vault) {
    return;
  }
  cloud.instances.put({ ...instance, spec: task.spec, provisioningState: "Succeeded" });
  const error = findMissingPermission(cloud, vault, task.spec, at);
  const failure = error
    ? { state: "ProtectionError", error }
    : cloud.protectionFailures.get(task.spec.dataSourceInfo.resourceID);
  cloud.schedule(at + task.settlesAfterInMs, {
    kind: "settleProtection",
    instanceId: task.instanceId,
    revision: task.revision,
    ...(failure ? { state: failure.state, error: failure.error } : { state: task.settlesTo }),
  });
}

export function settleProtection(cloud: Cloud, task: SettleProtection, at: number): void {
  const instance = current(cloud, task);
  if (!instance) {
    return;
  }
  const isProtected = task.state === "ProtectionConfigured";
  const settled: BackupInstance = {
    ...instance,
    state: task.state,
    wasProtected: instance.wasProtected || isProtected,
    ...(isProtected ? { protectedAt: at, firstProtectedAt: instance.firstProtectedAt ?? at } : {}),
  };
  if (task.error) {
    cloud.instances.put({ ...settled, error: task.error });
  } else {
    cloud.instances.put(withoutError(settled));
    lockDatasource(cloud, settled.spec);
    followSchedule(cloud, settled, at);
  }
}

export function changeProtection(cloud: Cloud, task: ChangeProtection, at: number): void {
  const instance = current(cloud, task);
  if (instance) {
    cloud.instances.put(withoutError({ ...instance, state: task.state }));
    followSchedule(cloud, instance, at);
  }
}

export function endDeletion(cloud: Cloud, task: EndDeletion, at: number): void {
  const instance = current(cloud, task);
  if (!instance) {
    return;
  }
  cloud.instances.delete(instance.id);
  releaseDatasource(cloud, instance.spec, at);
  if (task.isSoft) {
    keepDeletedInstance(cloud, instance, task.deletedAt, task.deleteActivityId);
  } else {
    cloud.recoveryPoints.deleteBelow(instance.id);
  }
}

function withoutError(instance: BackupInstance): BackupInstance {
  const { error: _error, ...rest } = instance;
  return rest;
}

/** Takes note of a client's request that changes the instance, and makes what earlier requests scheduled void. */
export function revise(
  cloud: Cloud,
  instance: BackupInstance,
  change: Partial<BackupInstance>,
): BackupInstance {
  const revised = { ...instance, ...change, revision: instance.revision + 1 };
  cloud.instances.put(revised);
  return revised;
}
