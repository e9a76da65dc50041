import { createDisk } from "../../arm/disks";
import { textProperty } from "../../arm/requestBody";
import { nameOf, normaliseLocation, subscriptionIdOf } from "../../arm/resourceId";
import { toFullTimestamp } from "../../clock";
import type { Cloud } from "../../cloud";
import type { BackedUpDisk } from "../../records/recovery";
import { assumedCodes } from "../assumedCodes";
import { snapshotResourceGroupIdOf } from "../instanceSpec";
import type { InstanceSpec } from "../instanceSpec";
import { userError } from "../userErrors";
import type { UserFacingError } from "../userErrors";
import type { RecoverableKind } from "./recoverableKind";

const resourceGroupIdIn = (id: string): string => id.split("/").slice(0, 5).join("/");

/** Disks come back as new disks, made of a snapshot; never in the place of one that is there. */
export const diskRecovery: RecoverableKind = {
  contentsOf: (cloud, spec, at) => ({ disk: backUp(cloud, spec, at) }),
  restoreDuration: () => "diskRestore",
  requiredRoles: ({ instance, request }) => [
    { role: "diskRestoreOperator", scope: resourceGroupIdIn(request.targetId) },
    { role: "diskSnapshotContributor", scope: snapshotResourceGroupIdOf(instance.spec) ?? "" },
  ],
  findRefusal: (cloud, { vault, request, point }) => {
    if (request.store !== "OperationalStore" || !point?.disk) {
      return userError(
        "UserErrorInvalidParameterInRequest",
        "Disks are restored from a recovery point in the operational store.",
        "Provide the recovery point of a disk.",
      );
    }
    return findTargetRefusal(cloud, request.targetId, request.location, point.disk, vault.featureSettings);
  },
  perform: (cloud, { request: { targetId }, point }) => restoreDisk(cloud, targetId, point!.disk!),
};

function backUp(cloud: Cloud, spec: InstanceSpec, at: number): BackedUpDisk {
  const { id, location, sku, properties } = cloud.disks.get(spec.dataSourceInfo.resourceID)!;
  return {
    id,
    sizeInGib: Number(properties["diskSizeGB"] ?? 0),
    skuName: String(sku["name"]),
    osType: textProperty(properties, "osType") ?? "",
    location,
    snapshotResourceGroupId: snapshotResourceGroupIdOf(spec)!,
    snapshotName: `AzureBackup_${String(properties["uniqueId"])}_${toFullTimestamp(at).replace(/:/g, "-").replace("Z", "")}`,
  };
}

function findTargetRefusal(
  cloud: Cloud,
  targetId: string,
  location: string,
  disk: BackedUpDisk,
  featureSettings: Record<string, unknown> | undefined,
): UserFacingError | undefined {
  if (!/\/providers\/Microsoft\.Compute\/disks\/[^/]+$/i.test(targetId)) {
    return userError(
      "UserErrorInvalidParameterInRequest",
      `The restore target ${targetId} is not a managed disk.`,
      "Provide the ARM id that the restored disk is to have.",
    );
  }
  if (!cloud.resourceGroups.get(resourceGroupIdIn(targetId))) {
    return userError(
      assumedCodes.restoreTargetNotFound,
      `The resource group ${resourceGroupIdIn(targetId)} was not found.`,
      "Provide a resource group that exists.",
    );
  }
  if (cloud.disks.get(targetId)) {
    return userError(
      assumedCodes.restoreTargetExists,
      `The disk ${targetId} already exists.`,
      "Provide the name of a disk that does not exist.",
    );
  }
  if (normaliseLocation(location) !== normaliseLocation(disk.location)) {
    return userError(
      assumedCodes.restoreLocation,
      `The snapshot is in ${disk.location}, and the disk cannot be restored to ${location}.`,
      "Restore to the region of the snapshot.",
    );
  }
  const isOtherSubscription = subscriptionIdOf(targetId) !== subscriptionIdOf(disk.id);
  return isOtherSubscription && !allowsOtherSubscriptions(featureSettings)
    ? userError(
        assumedCodes.restoreAcrossSubscriptions,
        "Cross-subscription restore is disabled on the Backup vault.",
        "Enable cross-subscription restore, or restore to the subscription of the disk.",
      )
    : undefined;
}

/** Allowed unless the vault says otherwise; that a setting which is absent allows it is assumed. */
function allowsOtherSubscriptions(featureSettings: Record<string, unknown> | undefined): boolean {
  const settings = featureSettings?.["crossSubscriptionRestoreSettings"] as { state?: string } | undefined;
  return (settings?.state ?? "Enabled") === "Enabled";
}

function restoreDisk(cloud: Cloud, targetId: string, disk: BackedUpDisk): void {
  const sourceResourceId = `${disk.snapshotResourceGroupId}/providers/Microsoft.Compute/snapshots/${disk.snapshotName}`;
  createDisk(cloud, {
    id: targetId,
    name: nameOf(targetId),
    location: disk.location,
    sku: { name: disk.skuName },
    properties: {
      creationData: { createOption: "Copy", sourceResourceId },
      diskSizeGB: disk.sizeInGib,
      diskSizeBytes: disk.sizeInGib * 2 ** 30,
      ...(disk.osType ? { osType: disk.osType } : {}),
    },
  });
}
