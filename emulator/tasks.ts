import { endRegistration } from "./arm/registrations";
import type { RegistrationTask } from "./arm/registrations";
import { endResourceGroupDeletion } from "./arm/resourceGroups";
import type { Cloud } from "./cloud";
import {
  beginProtection,
  changeProtection,
  endDeletion,
  settleProtection,
} from "./dataProtection/instanceState";
import type { InstanceTask } from "./dataProtection/instanceState";
import { purgeDeletedInstance } from "./dataProtection/deletedBackupInstances";
import { endValidation } from "./dataProtection/validation";
import type { ValidationTask } from "./dataProtection/validation";

/** What can fall due. Plain data, so that a cloud's future can be looked at like its present. */
export type Task =
  | InstanceTask
  | ValidationTask
  | RegistrationTask
  | { kind: "purgeDeletedInstance"; instanceId: string; deleteActivityId: string }
  | { kind: "endResourceGroupDeletion"; resourceGroupId: string; deletionId: string };

export function perform(cloud: Cloud, task: Task, at: number): void {
  switch (task.kind) {
    case "beginProtection":
      return beginProtection(cloud, task, at);
    case "settleProtection":
      return settleProtection(cloud, task, at);
    case "changeProtection":
      return changeProtection(cloud, task);
    case "endDeletion":
      return endDeletion(cloud, task);
    case "endValidation":
      return endValidation(cloud, task, at);
    case "purgeDeletedInstance":
      return purgeDeletedInstance(cloud, task);
    case "endRegistration":
      return endRegistration(cloud, task);
    case "endResourceGroupDeletion":
      return endResourceGroupDeletion(cloud, task);
  }
}
