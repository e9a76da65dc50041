import { parseResourceId } from "../../azure/resourceId";
import type { Datasource } from "../datasource";
import { kindOf } from "../datasourceKinds";
import type { BackupRole } from "../roles";
import { diskRestoreOperator, diskSnapshotContributor, storageAccountBackupContributor } from "../roles";
import { toServiceTime } from "./serviceTime";

/** A restore as the service is asked for it, and what there is to check about it. */
export interface RestorePlan {
  backupInstanceId: string;
  /** An `AzureBackupRestoreRequest` of the API. */
  request: object;
  /** ARM id of what is made or changed, as jobs name it. */
  destinationId: string;
  /** The recovery point that is read; `undefined` for a time. */
  pointId: string | undefined;
  /** ARM ids of what is not there before, and is there afterwards; none for a restore in place. */
  madeIds: string[];
  /** What the vault's identity needs (restore-managed-disks and blob-restore documentation). */
  requiredRoles: { role: BackupRole; scope: string }[];
}

/** A container that is restored, under its own name or another. */
export interface RestoredContainer {
  name: string;
  renameTo: string | undefined;
}

/** Blobs whose names are at or after `from`, and before `to`, with the names of their containers: `invoices/2026-01`. */
export interface BlobRange {
  from: string;
  to: string;
}

/** Microsoft's documentation of blob-restore: containers of one restore, and ranges of one restore. */
export const [mostContainers, mostRanges] = [100, 10];

/** A new disk out of a recovery point. There must be none of its id yet. */
export function diskRestore(
  backupInstanceId: string,
  datasource: Extract<Datasource, { kind: "disk" }>,
  pointId: string,
  targetDiskId: string,
  location: string,
): RestorePlan {
  return {
    backupInstanceId,
    request: {
      objectType: "AzureBackupRecoveryPointBasedRestoreRequest",
      recoveryPointId: pointId,
      sourceDataStoreType: "OperationalStore",
      restoreTargetInfo: targetInfo(datasource, targetDiskId, location),
    },
    destinationId: targetDiskId,
    pointId,
    madeIds: [targetDiskId],
    requiredRoles: [
      { role: diskRestoreOperator, scope: resourceGroupIdOf(targetDiskId) },
      { role: diskSnapshotContributor, scope: datasource.snapshotResourceGroupId },
    ],
  };
}

/** Containers out of a recovery point of the vault, into another account. It must have none of their names yet. */
export function vaultedRestore(
  backupInstanceId: string,
  datasource: Exclude<Datasource, { kind: "disk" }>,
  pointId: string,
  targetAccountId: string,
  location: string,
  containers: readonly RestoredContainer[],
): RestorePlan {
  const criteria = containers.map(({ name, renameTo }) => ({
    objectType: "ItemPathBasedRestoreCriteria",
    itemPath: name,
    isPathRelativeToBackupItem: true,
    ...(renameTo === undefined ? {} : { renameTo }),
  }));
  return {
    backupInstanceId,
    request: {
      objectType: "AzureBackupRecoveryPointBasedRestoreRequest",
      recoveryPointId: pointId,
      sourceDataStoreType: "VaultStore",
      restoreTargetInfo: targetInfo(datasource, targetAccountId, location, criteria),
    },
    destinationId: targetAccountId,
    pointId,
    madeIds: containers.map(
      ({ name, renameTo }) => `${targetAccountId}/blobServices/default/containers/${renameTo ?? name}`,
    ),
    requiredRoles: [{ role: storageAccountBackupContributor, scope: targetAccountId }],
  };
}

/** The blobs of the account, put back in place to a point in time: those of the ranges, or all. */
export function operationalRestore(
  backupInstanceId: string,
  datasource: Exclude<Datasource, { kind: "disk" }>,
  instant: number,
  location: string,
  ranges: readonly BlobRange[],
): RestorePlan {
  const { storageAccountId } = datasource;
  const criteria = ranges.map(({ from, to }) => ({
    objectType: "RangeBasedItemLevelRestoreCriteria",
    minMatchingValue: from,
    maxMatchingValue: to,
  }));
  return {
    backupInstanceId,
    request: {
      objectType: "AzureBackupRecoveryTimeBasedRestoreRequest",
      recoveryPointTime: toServiceTime(instant),
      sourceDataStoreType: "OperationalStore",
      restoreTargetInfo: targetInfo(datasource, storageAccountId, location, criteria),
    },
    destinationId: storageAccountId,
    pointId: undefined,
    madeIds: [],
    requiredRoles: [{ role: storageAccountBackupContributor, scope: storageAccountId }],
  };
}

/** The service knows one option for what is there already, which is to fail. */
function targetInfo(
  datasource: Datasource,
  targetId: string,
  restoreLocation: string,
  restoreCriteria: readonly object[] = [],
): object {
  const { datasourceType, resourceType } = kindOf(datasource);
  return {
    objectType: restoreCriteria.length === 0 ? "RestoreTargetInfo" : "ItemLevelRestoreTargetInfo",
    recoveryOption: "FailIfExists",
    restoreLocation,
    datasourceInfo: {
      objectType: "Datasource",
      datasourceType,
      resourceType,
      resourceID: targetId,
      resourceUri: targetId,
      resourceName: parseResourceId(targetId)?.name ?? "",
      resourceLocation: restoreLocation,
    },
    ...(restoreCriteria.length === 0 ? {} : { restoreCriteria }),
  };
}

function resourceGroupIdOf(id: string): string {
  const { subscriptionId, resourceGroupName } = parseResourceId(id) ?? {};
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
}
