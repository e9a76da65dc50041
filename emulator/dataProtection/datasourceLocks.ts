import { lockIdOf } from "../arm/managementLocks";
import { sameId } from "../arm/resourceId";
import type { Cloud } from "../cloud";
import type { UnlockDatasource } from "../records/task";
import { locksItsDatasource } from "./datasources";
import type { InstanceSpec } from "./instanceSpec";

/** Of Azure Files on record, of blobs assumed. */
const lockName = "AzureBackupProtectionLock";

/** Backup of blobs puts a delete lock on the storage account while it protects it (facts 6, Blob); it holds for what is below, too. */
export function lockDatasource(cloud: Cloud, spec: InstanceSpec): void {
  const scope = spec.dataSourceInfo.resourceID;
  if (locksItsDatasource(spec)) {
    const notes =
      "Auto-created by Azure Backup for storage accounts registered with a Backup vault. This lock is intended to guard " +
      "against deletion of backups due to accidental deletion of the storage account.";
    cloud.locks.put({ id: lockIdOf(scope, lockName), scope, level: "CanNotDelete", notes });
  }
}

/** The instance is gone, and its lock goes: at once, unless control says how much later. */
export function releaseDatasource(cloud: Cloud, spec: InstanceSpec, at: number): void {
  const datasourceId = spec.dataSourceInfo.resourceID;
  const delayInMs = cloud.lockDelays.get(datasourceId)?.durationInMs ?? 0;
  if (delayInMs > 0) {
    cloud.schedule(at + delayInMs, { kind: "unlockDatasource", datasourceId });
  } else {
    unlockDatasource(cloud, { datasourceId });
  }
}

export function unlockDatasource(
  cloud: Cloud,
  { datasourceId }: Pick<UnlockDatasource, "datasourceId">,
): void {
  const isProtected = cloud.instances
    .all()
    .some(({ spec }) => sameId(spec.dataSourceInfo.resourceID, datasourceId) && locksItsDatasource(spec));
  if (!isProtected) {
    cloud.locks.delete(lockIdOf(datasourceId, lockName));
  }
}
