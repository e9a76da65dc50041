import * as compute from "@pulumi/azure-native/compute";
import * as dataprotection from "@pulumi/azure-native/dataprotection";
import * as resources from "@pulumi/azure-native/resources";
import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { BlobBackup, DiskBackup } from "pulumi-azure-dataprotection";
import { diskPolicy, operationalBlobPolicy, vaultedBlobPolicy } from "./policies";

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

// The vault and its policies. Soft delete is off because this stack is to be thrown away: a real vault keeps it on, so
// that deleted backups can be had back for at least 14 days, and then holds them, its policies and itself for as long.
const vault = new dataprotection.BackupVault("backups", {
  resourceGroupName,
  location,
  identity: { type: "SystemAssigned" },
  properties: {
    storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
    securitySettings: { softDeleteSettings: { state: "Off" } },
  },
});
const vaultNames = { resourceGroupName, vaultName: vault.name };
const diskPolicies = {
  daily: diskPolicy("disk-daily", vaultNames, "P1D", "P7D"),
  fourHourly: diskPolicy("disk-four-hourly", vaultNames, "PT4H", "P7D"),
};
const operational = operationalBlobPolicy("blob-operational", vaultNames, "P30D");
const vaulted = vaultedBlobPolicy("blob-vaulted", vaultNames, "P30D");

// The backups themselves. `pulumi config set policy fourHourly` changes the disk's policy in place.
const chosen = config.get<keyof typeof diskPolicies>("policy") ?? "daily";
const dataBackup = new DiskBackup("data", { diskId: disk.id, vault, policyId: diskPolicies[chosen].id });
const filesBackup = new BlobBackup("files", { storageAccountId: files.id, vault, policyId: operational.id });
const documentsBackup = new BlobBackup("documents", {
  storageAccountId: documents.id,
  vault,
  policyId: vaulted.id,
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
