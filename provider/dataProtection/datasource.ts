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

/** All containers of an account, those that come later too. */
export interface AutoProtection {
  /** Containers whose names begin with one of these are left out. */
  excludedPrefixes?: string[];
}

/** What of an account is copied to the vault: neither for operational backup, which is of the whole account. */
export interface ContainerSelection {
  /** Names of the containers. */
  containers?: string[];
  /** All containers but some, instead of names. */
  autoProtection?: AutoProtection;
}

/** The block blobs of a storage account. */
export interface BlobDatasource extends ContainerSelection {
  kind: "blob";
  /** ARM id of the storage account. */
  storageAccountId: string;
  /** Region of the storage account. */
  location?: string;
}

/** The blobs of a Data Lake account, which has a hierarchical namespace: always copied to the vault. */
export interface DataLakeDatasource extends ContainerSelection {
  kind: "adls";
  /** ARM id of the storage account. */
  storageAccountId: string;
  /** Region of the storage account. */
  location?: string;
}

/** What a backup instance protects. */
export type Datasource = DiskDatasource | BlobDatasource | DataLakeDatasource;
