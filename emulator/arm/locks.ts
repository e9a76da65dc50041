import type { Cloud } from "../cloud";
import { locksItsDatasource } from "../dataProtection/datasources";
import { conflict } from "./errors";
import { sameId } from "./resourceId";

/** Backup of blobs puts a delete lock on the storage account while it protects it (facts 6, Blob). */
export function checkNotLocked(cloud: Cloud, accountId: string, deletedScopeId: string): void {
  const isLocked = cloud.instances
    .all()
    .some(({ spec }) => sameId(spec.dataSourceInfo.resourceID, accountId) && locksItsDatasource(spec));
  if (isLocked) {
    throw conflict(
      "ScopeLocked",
      `The scope '${deletedScopeId}' cannot perform delete operation because following scope(s) are locked: ` +
        `'${accountId}'. Please remove the lock and try again.`,
    );
  }
}
