import { nameOf, subscriptionIdOf } from "../../arm/resourceId";
import { toFullTimestamp } from "../../clock";
import type { Cloud } from "../../cloud";
import { answer } from "../../message";
import type { Answer, Call } from "../../message";
import type { BackupInstance } from "../../records/backupInstance";
import type { BackedUpDisk, RecoveryPoint } from "../../records/recovery";
import { findInstance } from "../backupInstances";
import { dataProtectionContentType } from "../contentType";
import { pageOf } from "../paging";
import { resourceDoesNotExist } from "../userErrors";
import { dataStoreId, recoveryPointsOf, shownExpiryOf } from "./recoveryPoints";

/** `$filter=startDate eq '...' and endDate eq '...'`, or empty; newest first (recovery_point_list). */
export function listRecoveryPoints(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  const filter = call.query.get("$filter") ?? "";
  const boundary = (name: string, otherwise: number): number => {
    const time = new RegExp(`${name}\\s+eq\\s+'([^']*)'`, "i").exec(filter)?.[1];
    return time === undefined ? otherwise : Date.parse(time);
  };
  const [from, to] = [boundary("startDate", -Infinity), boundary("endDate", Infinity)];
  const points = recoveryPointsOf(cloud, instance)
    .filter(({ takenAt }) => takenAt >= from && takenAt <= to)
    .map((point) => render(cloud, instance, point, null));
  return answer(200, pageOf(points, call), dataProtectionContentType(call));
}

/** One point, and beside what the list shows, where the snapshot of a disk is (recovery_point_show 2). */
export function getRecoveryPoint(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  const asked = call.parameters["recoveryPointId"]!.toLowerCase();
  const point = recoveryPointsOf(cloud, instance).find(({ name }) => name === asked);
  if (!point) {
    throw resourceDoesNotExist(call.apiVersion);
  }
  const metaData = point.disk ? metaDataOf(point.disk) : null;
  return answer(200, render(cloud, instance, point, metaData), dataProtectionContentType(call));
}

function render(
  cloud: Cloud,
  instance: BackupInstance,
  point: RecoveryPoint,
  metaData: string | null,
): unknown {
  const { id, name, store, takenAt, createdAt, retentionTag, policyName } = point;
  const expiresAt = shownExpiryOf(cloud, instance, point);
  const expiryTime = expiresAt === undefined ? null : toFullTimestamp(expiresAt);
  return {
    properties: {
      objectType: "AzureBackupDiscreteRecoveryPoint",
      recoveryPointId: name,
      recoveryPointTime: toFullTimestamp(takenAt),
      recoveryPointType: store === "VaultStore" ? "Full" : "Incremental",
      friendlyName: name,
      recoveryPointDataStoresDetails: [
        {
          id: dataStoreId,
          type: store,
          creationTime: toFullTimestamp(createdAt),
          expiryTime,
          metaData,
          visible: true,
          state: "COMMITTED",
          rehydrationExpiryTime: null,
          rehydrationStatus: null,
        },
      ],
      retentionTagName: retentionTag,
      retentionTagVersion: retentionTagVersion,
      policyName,
      policyVersion: null,
      expiryTime,
      recoveryPointState: store === "VaultStore" ? "Completed" : null,
    },
    id,
    name,
    type: "Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints",
  };
}

/** Ticks of when the policy's tags were written last: one for all here, and of no use to clients. */
const retentionTagVersion = "638224851417049008";

function metaDataOf(disk: BackedUpDisk): string {
  const { snapshotResourceGroupId, snapshotName } = disk;
  return JSON.stringify([
    {
      diskName: nameOf(disk.id),
      sizeBytes: disk.sizeInGib * 2 ** 30,
      diskSnapshotConsistency: "CrashConsistent",
      subscriptionId: subscriptionIdOf(disk.id),
      location: disk.location,
      resourceGroupName: disk.id.split("/")[4],
      skuName: disk.skuName,
      osType: disk.osType,
      managedBy: null,
      snapshotSubscriptionId: subscriptionIdOf(snapshotResourceGroupId),
      snapshotRGName: nameOf(snapshotResourceGroupId),
      snapshotName,
    },
  ]);
}
