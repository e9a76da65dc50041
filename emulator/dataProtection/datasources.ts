import type { Cloud } from "../cloud";
import type { BackupVault } from "../records/vault";
import { findBlobRefusal } from "./blobChecks";
import { findDiskRefusal } from "./diskChecks";
import { snapshotResourceGroupIdOf } from "./instanceSpec";
import type { InstanceSpec } from "./instanceSpec";
import { usesVaultStore } from "./policies";
import { blobRecovery } from "./recovery/blobRecovery";
import { diskRecovery } from "./recovery/diskRecovery";
import type { RecoverableKind } from "./recovery/recoverableKind";
import type { RequiredRole } from "./requiredRole";
import type { UserFacingError } from "./userErrors";

/** What sets one type of datasource apart from another. */
interface DatasourceKind {
  resourceType: string;
  requiredRoles(spec: InstanceSpec): RequiredRole[];
  /** Why the service would not protect it, roles aside. */
  findRefusal(cloud: Cloud, vault: BackupVault, spec: InstanceSpec): UserFacingError | undefined;
  /** Whether Azure Backup locks the resource against deletion while it protects it. */
  locks: boolean;
  /** Whether only backups in the vault can be soft-deleted, and those beside the datasource not (facts 4.1). */
  softDeletesVaultStoreOnly: boolean;
  recovery: RecoverableKind;
}

const storageAccountRoles = (spec: InstanceSpec): RequiredRole[] => [
  { role: "storageAccountBackupContributor", scope: spec.dataSourceInfo.resourceID },
];

/** Facts section 5 (roles), 6 (rules) and 7 (types); other types are not emulated. */
const kinds: Record<string, DatasourceKind> = {
  "microsoft.compute/disks": {
    resourceType: "Microsoft.Compute/disks",
    requiredRoles: (spec) => [
      { role: "diskBackupReader", scope: spec.dataSourceInfo.resourceID },
      { role: "diskSnapshotContributor", scope: snapshotResourceGroupIdOf(spec) ?? "" },
    ],
    findRefusal: findDiskRefusal,
    locks: false,
    softDeletesVaultStoreOnly: false,
    recovery: diskRecovery,
  },
  "microsoft.storage/storageaccounts/blobservices": {
    resourceType: "Microsoft.Storage/storageAccounts",
    requiredRoles: storageAccountRoles,
    findRefusal: findBlobRefusal,
    locks: true,
    softDeletesVaultStoreOnly: true,
    recovery: blobRecovery,
  },
  "microsoft.storage/storageaccounts/adlsblobservices": {
    resourceType: "Microsoft.Storage/storageAccounts",
    requiredRoles: storageAccountRoles,
    findRefusal: findBlobRefusal,
    locks: true,
    softDeletesVaultStoreOnly: true,
    recovery: blobRecovery,
  },
};

export function kindOf(spec: InstanceSpec): DatasourceKind | undefined {
  const datasourceType = spec.dataSourceInfo.datasourceType?.toLowerCase() ?? "";
  return Object.hasOwn(kinds, datasourceType) ? kinds[datasourceType] : undefined;
}

export function locksItsDatasource(spec: InstanceSpec): boolean {
  return kindOf(spec)?.locks ?? false;
}

/** Backup of blobs that keeps copies in the vault. */
export function isVaultedBlobBackup(cloud: Cloud, spec: InstanceSpec): boolean {
  const onlyVaultStore = kindOf(spec)?.softDeletesVaultStoreOnly ?? false;
  return onlyVaultStore && usesVaultStore(cloud.policies.get(spec.policyInfo.policyId));
}

/** Operational backup of blobs keeps nothing that could be stopped, retained or soft-deleted. */
export function isOperationalBlobBackup(cloud: Cloud, spec: InstanceSpec): boolean {
  const onlyVaultStore = kindOf(spec)?.softDeletesVaultStoreOnly ?? false;
  return onlyVaultStore && !usesVaultStore(cloud.policies.get(spec.policyInfo.policyId));
}
