import * as compute from "@pulumi/azure-native/compute";
import * as resources from "@pulumi/azure-native/resources";
import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { BackupVault, BlobBackup, DiskBackup, blobPolicies, diskPolicies } from "pulumi-azure-dataprotection";

const config = new pulumi.Config();
const location = new pulumi.Config("azure-native").get("location") ?? "westeurope";

const { name: resourceGroupName } = new resources.ResourceGroup("quick-start", { location });

// What is to be protected: a disk, an account whose blobs can be rolled back, an account whose invoices go to the vault.
const disk = new compute.Disk("data", {
  resourceGroupName,
  location,
  sku: { name: "StandardSSD_LRS" },
  diskSizeGB: 4,
  creationData: { createOption: "Empty" },
});
const files = account("files");
const documents = account("documents");
const invoices = new storage.BlobContainer("invoices", {
  resourceGroupName,
  accountName: documents.name,
  containerName: "invoices",
});

// The vault and its policies. Soft delete is off because this stack is to be thrown away: leave the setting out for a real
// vault, so that deleted backups can be had back for 14 days.
const vault = new BackupVault("quick-start", {
  resourceGroupName,
  location,
  redundancy: "LocallyRedundant",
  softDelete: { state: "off", acknowledge: "deleted backups are lost" },
  policies: {
    daily: diskPolicies.daily,
    fourHourly: diskPolicies.everyFourHours,
    operational: blobPolicies.operational,
    vaulted: blobPolicies.vaulted,
  },
});

// The backups themselves. `pulumi config set policy fourHourly` changes the disk's policy in place. The blob policies are
// the only ones that fit, so they need not be named.
const dataBackup = new DiskBackup("data", {
  diskId: disk.id,
  vault,
  policy: config.get("policy") ?? "daily",
});
const filesBackup = new BlobBackup("files", { storageAccountId: files.id, vault });
const documentsBackup = new BlobBackup("documents", {
  storageAccountId: documents.id,
  vault,
  containers: [invoices.name],
});

export const protection = {
  disk: dataBackup.protectionState,
  files: filesBackup.protectionState,
  documents: documentsBackup.protectionState,
};

function account(name: string): storage.StorageAccount {
  return new storage.StorageAccount(name, {
    resourceGroupName,
    location,
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
  });
}
