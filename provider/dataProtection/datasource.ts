/** A managed disk, backed up as incremental snapshots in a resource group. */
export interface DiskDatasource {
  kind: "disk";
  /** ARM id of the disk. */
  diskId: string;
  /** ARM id of the resource group that holds the snapshots; in the disk's subscription. */
  snapshotResourceGroupId: string;
  /** Region of the disk. */
  location?: string;
}

/** The block blobs of a storage account. */
export interface BlobDatasource {
  kind: "blob";
  /** ARM id of the storage account. */
  storageAccountId: string;
  /** Names of the containers for vaulted backup; absent for operational backup of the whole account. */
  containers?: string[];
  /** Region of the storage account. */
  location?: string;
}

/** What a backup instance protects. */
export type Datasource = DiskDatasource | BlobDatasource;
