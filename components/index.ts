export { BackupInstance } from "../provider/backupInstance";
export type {
  BackupInstanceArgs,
  BlobDatasourceArgs,
  DiskDatasourceArgs,
  TimeoutsArgs,
} from "../provider/backupInstance";
export type { BlobDatasource, Datasource, DiskDatasource } from "../provider/dataProtection/datasource";
export { BlobBackup } from "./blobBackup";
export type { BlobBackupArgs } from "./blobBackup";
export { DiskBackup } from "./diskBackup";
export type { DiskBackupArgs } from "./diskBackup";
export type { ProtectionArgs } from "./protection";
export { SnapshotResourceGroup } from "./snapshotResourceGroup";
export type { SnapshotResourceGroupArgs } from "./snapshotResourceGroup";
export type { BackupVaultResource, ExistingVault, VaultReference } from "./vaultReference";
