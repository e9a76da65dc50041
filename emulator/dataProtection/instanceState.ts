import type { Cloud } from "../cloud";
import { scheduledPurgeAt } from "./deletedBackupInstances";
import type { InstanceSpec } from "./instanceSpec";
import { findMissingPermission } from "./permissions";
import type { UserFacingError } from "./userErrors";

/** Of those that exist, the ones that an instance of the emulator can be in. */
export type ProtectionState =
  | "ConfiguringProtection"
  | "UpdatingProtection"
  | "ProtectionConfigured"
  | "ProtectionError"
  | "ProtectionStopped"
  | "BackupsSuspended"
  | "SoftDeleting";

export interface BackupInstance {
  id: string;
  name: string;
  vaultId: string;
  tags?: Record<string, string>;
  spec: InstanceSpec;
  state: ProtectionState;
  /** Why it is in `ProtectionError`. */
  error?: UserFacingError;
  provisioningState: "Provisioning" | "Succeeded";
  /** Has been protected once, so that there may be backups to keep. */
  wasProtected: boolean;
  /** Counts what clients asked of it; a task of an earlier request has nothing more to say. */
  revision: number;
  /** Set while its deletion runs. */
  deletionOperationId?: string;
}

export interface DeletedBackupInstance {
  id: string;
  name: string;
  vaultId: string;
  instance: BackupInstance;
  spec: InstanceSpec;
  deletedAt: number;
  purgedAt: number;
  deleteActivityId: string;
}

interface OfInstance {
  instanceId: string;
  revision: number;
}

export type InstanceTask = BeginProtection | SettleProtection | ChangeProtection | EndDeletion;
type BeginProtection = OfInstance & {
  kind: "beginProtection";
  spec: InstanceSpec;
  settlesAfterInMs: number;
  settlesTo: ProtectionState;
};
type SettleProtection = OfInstance & {
  kind: "settleProtection";
  state: ProtectionState;
  error?: UserFacingError;
};
type ChangeProtection = OfInstance & { kind: "changeProtection"; state: ProtectionState };
type EndDeletion = OfInstance & {
  kind: "endDeletion";
  deletedAt: number;
  deleteActivityId: string;
  isSoft: boolean;
};

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
  cloud.schedule(at + task.settlesAfterInMs, {
    kind: "settleProtection",
    instanceId: task.instanceId,
    revision: task.revision,
    ...(error ? { state: "ProtectionError", error } : { state: task.settlesTo }),
  });
}

export function settleProtection(cloud: Cloud, task: SettleProtection): void {
  const instance = current(cloud, task);
  if (!instance) {
    return;
  }
  const settled: BackupInstance = {
    ...instance,
    state: task.state,
    wasProtected: instance.wasProtected || task.state === "ProtectionConfigured",
  };
  if (task.error) {
    cloud.instances.put({ ...settled, error: task.error });
  } else {
    cloud.instances.put(withoutError(settled));
  }
}

export function changeProtection(cloud: Cloud, task: ChangeProtection): void {
  const instance = current(cloud, task);
  if (instance) {
    cloud.instances.put(withoutError({ ...instance, state: task.state }));
  }
}

export function endDeletion(cloud: Cloud, task: EndDeletion): void {
  const instance = current(cloud, task);
  if (!instance) {
    return;
  }
  cloud.instances.delete(instance.id);
  const vault = cloud.vaults.get(instance.vaultId);
  if (!task.isSoft || !vault) {
    return;
  }
  const purgedAt = scheduledPurgeAt(vault, task.deletedAt);
  const { deletionOperationId: _ended, ...rest } = withoutError(instance);
  const deleted: DeletedBackupInstance = {
    id: `${vault.id}/deletedBackupInstances/${instance.name}`,
    name: instance.name,
    vaultId: vault.id,
    instance: rest,
    spec: instance.spec,
    deletedAt: task.deletedAt,
    purgedAt,
    deleteActivityId: task.deleteActivityId,
  };
  cloud.deletedInstances.put(deleted);
  const { deleteActivityId } = task;
  cloud.schedule(purgedAt, { kind: "purgeDeletedInstance", instanceId: deleted.id, deleteActivityId });
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
