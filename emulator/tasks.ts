import { endRegistration } from "./arm/registrations";
import type { RegistrationTask } from "./arm/registrations";
import { endResourceGroupDeletion } from "./arm/resourceGroups";
import type { Cloud } from "./cloud";
import { unlockDatasource } from "./dataProtection/datasourceLocks";
import type { UnlockDatasource } from "./dataProtection/datasourceLocks";
import {
  beginProtection,
  changeProtection,
  endDeletion,
  settleProtection,
} from "./dataProtection/instanceState";
import type { InstanceTask } from "./dataProtection/instanceState";
import { endOperation } from "./dataProtection/operations";
import type { EndOperation } from "./dataProtection/operations";
import { purgeDeletedInstance } from "./dataProtection/deletedBackupInstances";
import { endBackup } from "./dataProtection/recovery/backup";
import type { EndBackup } from "./dataProtection/recovery/backup";
import { performScheduledBackup } from "./dataProtection/recovery/backupSchedule";
import type { ScheduledBackup } from "./dataProtection/recovery/backupSchedule";
import { endRestore, endRestoreValidation } from "./dataProtection/recovery/restore";
import type { EndRestore, EndRestoreValidation } from "./dataProtection/recovery/restore";
import { endValidation } from "./dataProtection/validation";
import type { ValidationTask } from "./dataProtection/validation";
import { endVaultDeletion } from "./dataProtection/vaults";
import type { VaultDeletionTask } from "./dataProtection/vaults";

/** What can fall due. Plain data, so that a cloud's future can be looked at like its present. */
export type Task =
  | InstanceTask
  | ValidationTask
  | RegistrationTask
  | ScheduledBackup
  | EndBackup
  | EndRestoreValidation
  | EndRestore
  | EndOperation
  | UnlockDatasource
  | VaultDeletionTask
  | { kind: "purgeDeletedInstance"; instanceId: string; deleteActivityId: string }
  | { kind: "endResourceGroupDeletion"; resourceGroupId: string; deletionId: string };

export function perform(cloud: Cloud, task: Task, at: number): void {
  switch (task.kind) {
    case "beginProtection":
      return beginProtection(cloud, task, at);
    case "settleProtection":
      return settleProtection(cloud, task, at);
    case "changeProtection":
      return changeProtection(cloud, task, at);
    case "endDeletion":
      return endDeletion(cloud, task, at);
    case "endValidation":
      return endValidation(cloud, task, at);
    case "scheduledBackup":
      return performScheduledBackup(cloud, task, at);
    case "endBackup":
      return endBackup(cloud, task, at);
    case "endRestoreValidation":
      return endRestoreValidation(cloud, task, at);
    case "endRestore":
      return endRestore(cloud, task, at);
    case "endVaultDeletion":
      return endVaultDeletion(cloud, task);
    case "purgeDeletedInstance":
      return purgeDeletedInstance(cloud, task);
    case "unlockDatasource":
      return unlockDatasource(cloud, task);
    case "endOperation":
      return endOperation(cloud, task);
    case "endRegistration":
      return endRegistration(cloud, task);
    case "endResourceGroupDeletion":
      return endResourceGroupDeletion(cloud, task);
  }
}
