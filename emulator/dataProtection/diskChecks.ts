import { isResourceGroupId, subscriptionIdOf } from "../arm/resourceId";
import type { Cloud } from "../cloud";
import type { BackupVault } from "../records/vault";
import { snapshotResourceGroupIdOf } from "./instanceSpec";
import type { InstanceSpec } from "./instanceSpec";
import { findLocationMismatch } from "./locationCheck";
import { userError } from "./userErrors";
import type { UserFacingError } from "./userErrors";

export function findDiskRefusal(
  cloud: Cloud,
  vault: BackupVault,
  spec: InstanceSpec,
): UserFacingError | undefined {
  const diskId = spec.dataSourceInfo.resourceID;
  const disk = cloud.disks.get(diskId);
  if (!disk) {
    return userError(
      "UserErrorManagedDiskNotFound",
      `The managed disk ${diskId} was not found.`,
      "Provide a disk that exists.",
    );
  }
  return findLocationMismatch(vault, disk.location) ?? findSnapshotGroupRefusal(cloud, spec);
}

function findSnapshotGroupRefusal(cloud: Cloud, spec: InstanceSpec): UserFacingError | undefined {
  const groupId = snapshotResourceGroupIdOf(spec);
  if (!groupId) {
    return userError(
      "UserErrorOperationalStoreParametersNotProvided",
      "Operational store parameters are not provided.",
      "Provide the snapshot resource group as the operational store's resourceGroupId.",
    );
  }
  if (!isResourceGroupId(groupId)) {
    return userError(
      "UserErrorInvalidOperationalStoreResourceGroup",
      `The operational store resource group '${groupId}' is not valid.`,
      "Provide the ARM id of a resource group.",
    );
  }
  if (subscriptionIdOf(groupId) !== subscriptionIdOf(spec.dataSourceInfo.resourceID)) {
    return userError(
      "UserErrorSnapshotRGSubscriptionMismatch",
      "The subscription of the snapshot resource group is not the subscription of the disk.",
      "Provide a resource group in the subscription of the disk.",
    );
  }
  if (!cloud.resourceGroups.get(groupId)) {
    return userError(
      "UserErrorSnapshotRGNotFound",
      `The snapshot resource group ${groupId} was not found.`,
      "Provide a resource group that exists.",
    );
  }
  return undefined;
}
