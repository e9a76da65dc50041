import { endRegistration } from "./arm/registrations";
import { endResourceGroupDeletion } from "./arm/resourceGroups";
import type { Cloud } from "./cloud";
import { unlockDatasource } from "./dataProtection/datasourceLocks";
import {
  beginProtection,
  changeProtection,
  endDeletion,
  settleProtection,
} from "./dataProtection/instanceState";
import { endOperation } from "./dataProtection/operations";
import { purgeDeletedInstance } from "./dataProtection/deletedBackupInstances";
import { endBackup } from "./dataProtection/recovery/backup";
import { performScheduledBackup } from "./dataProtection/recovery/backupSchedule";
import { endRestore, endRestoreValidation } from "./dataProtection/recovery/restore";
import { endValidation } from "./dataProtection/validation";
import { endVaultDeletion } from "./dataProtection/vaults";
import type { Task } from "./records/task";

/** Lets happen what fell due. */
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
