/**
 * What stacks declare: components, policies as values, and the resource below them. What can be known to be wrong is refused
 * before any request; `docs/rules.md` lists the rules.
 *
 * @module pulumi-azure-dataprotection
 */

export { BackupInstance } from "../provider/program/backupInstance";
export type {
  AutoProtectionArgs,
  BackupInstanceArgs,
  BlobDatasourceArgs,
  DiskDatasourceArgs,
  OnDelete,
  OnFailure,
  Timeouts,
  TimeoutsArgs,
} from "../provider/program/backupInstance";
export type {
  AutoProtection,
  BlobDatasource,
  ContainerSelection,
  DataLakeDatasource,
  Datasource,
  DiskDatasource,
} from "../provider/dataProtection/datasource";
export { BackupFleet } from "./backupFleet";
export type {
  BackupFleetArgs,
  BlobMemberArgs,
  DiskMemberArgs,
  FleetMembers,
  FleetPolicies,
} from "./backupFleetArgs";
export { BackupVault } from "./backupVault";
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
} from "./backupVaultArgs";
export { BlobBackup } from "./blobBackup";
export type { BlobBackupArgs } from "./blobBackup";
export { DiskBackup } from "./diskBackup";
export type { DiskBackupArgs } from "./diskBackup";
export type { FleetSummary } from "./fleetSummary";
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
export { SnapshotResourceGroup } from "./snapshotResourceGroup";
export type { SnapshotResourceGroupArgs } from "./snapshotResourceGroup";
export type { BackupVaultResource, ExistingVault, VaultIdentity, VaultReference } from "./vaultReference";
