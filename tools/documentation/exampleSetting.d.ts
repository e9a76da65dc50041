import type * as compute from "@pulumi/azure-native/compute";
import type * as dataprotection from "@pulumi/azure-native/dataprotection";
import type * as resources from "@pulumi/azure-native/resources";
import type * as storage from "@pulumi/azure-native/storage";
import type { BackupVault } from "pulumi-azure-dataprotection";

/** What examples speak of without declaring it: a vault, and resources of azure-native, as every program has them. */
declare global {
  const group: resources.ResourceGroup;
  const snapshots: resources.ResourceGroup;
  const disk: compute.Disk;
  const data: compute.Disk;
  const logs: compute.Disk;
  const account: storage.StorageAccount;
  const documents: storage.StorageAccount;
  const other: storage.StorageAccount;
  const lake: storage.StorageAccount;
  const vault: BackupVault;
  const policy: dataprotection.BackupPolicy;
}
