/**
 * What stacks declare: components, policies as values, and the resource below them. What can be known to be wrong is refused
 * before any request; `docs/rules.md` lists the rules.
 *
 * @module pulumi-azure-dataprotection
 */

export { BackupInstance } from "../provider/resources/backupInstance";
export type {
  AutoProtectionArgs,
  BackupInstanceArgs,
  BlobDatasourceArgs,
  DiskDatasourceArgs,
  OnDelete,
  OnFailure,
  Timeouts,
  TimeoutsArgs,
} from "../provider/resources/backupInstance";
export type {
  AutoProtection,
  BlobDatasource,
  ContainerSelection,
  DataLakeDatasource,
  Datasource,
  DiskDatasource,
} from "../provider/dataProtection/datasource";
export { BackupFleet } from "./fleet/backupFleet";
export type {
  BackupFleetArgs,
  BlobMemberArgs,
  DiskMemberArgs,
  FleetMembers,
  FleetPolicies,
} from "./fleet/backupFleetArgs";
export { BackupVault } from "./vault/backupVault";
export type {
  BackupVaultArgs,
  DefaultPolicyName,
  EncryptionArgs,
  ImmutabilityArgs,
  ImmutabilityLockedArgs,
  Redundancy,
  SoftDeleteAlwaysOnArgs,
  SoftDeleteArgs,
  SoftDeleteOffArgs,
  SoftDeleteOnArgs,
  VaultIdentityArgs,
} from "./vault/backupVaultArgs";
export { BlobBackup } from "./blob/blobBackup";
export type { BlobBackupArgs } from "./blob/blobBackup";
export { DiskBackup } from "./disk/diskBackup";
export type { DiskBackupArgs } from "./disk/diskBackup";
export type { FleetSummary } from "./fleet/fleetSummary";
export { findResourceIds } from "./findResourceIds";
export type { ResourceQueryArgs } from "./findResourceIds";
export { blobPolicy } from "./policies/blobPolicy";
export type { BlobPolicyArgs, OperationalBackupArgs } from "./policies/blobPolicy";
export { dataLakePolicy } from "./policies/dataLakePolicy";
export { diskPolicy } from "./policies/diskPolicy";
export type { DiskBackupInterval, DiskPolicyArgs } from "./policies/diskPolicy";
export type {
  BlobPolicy,
  DataLakePolicy,
  DiskPolicy,
  Policy,
  PolicyKind,
  PolicyProperties,
} from "./policies/policyDocument";
export { blobPolicies, defaultPolicies, diskPolicies } from "./policies/presets";
export type { RetentionDuration } from "./policies/retentionDuration";
export type { DayOfWeek, TimeOfDay } from "./policies/schedule";
export type { VaultedBackupArgs } from "./policies/vaultedBackup";
export type { ProtectionArgs } from "./protection";
export { SnapshotResourceGroup } from "./disk/snapshotResourceGroup";
export type { SnapshotResourceGroupArgs } from "./disk/snapshotResourceGroup";
export type {
  BackupVaultResource,
  ExistingVault,
  VaultIdentity,
  VaultReference,
} from "./vault/vaultReference";
