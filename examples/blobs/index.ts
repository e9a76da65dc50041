import * as resources from "@pulumi/azure-native/resources";
import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { BackupVault, BlobBackup, blobPolicy } from "pulumi-azure-dataprotection";

const location = new pulumi.Config("azure-native").get("location") ?? "westeurope";
const { name: resourceGroupName } = new resources.ResourceGroup("blobs", { location });

const files = account("files");
const documents = account("documents");
const containers = ["invoices", "contracts"].map((containerName) => {
  const args = { resourceGroupName, accountName: documents.name, containerName };
  return new storage.BlobContainer(containerName, args);
});

const vault = new BackupVault("blobs", {
  resourceGroupName,
  location,
  redundancy: "LocallyRedundant",
  softDelete: { state: "off", acknowledge: "deleted backups are lost" }, // this stack is to be thrown away
  policies: {
    rollBack: blobPolicy({ operational: { keep: "30 days" } }),
    longTerm: blobPolicy({
      vaulted: { every: "1 week", on: "Sunday", keep: "12 weeks", yearly: "10 years" },
    }),
  },
});

// Operational backup: the whole account can be rolled back to any moment of the last 30 days. The data stays in the account.
const filesBackup = new BlobBackup("files", { storageAccountId: files.id, vault, policy: "rollBack" });

// Vaulted backup: these containers are copied to the vault every week, and survive the loss of the account.
const documentsBackup = new BlobBackup("documents", {
  storageAccountId: documents.id,
  vault,
  policy: "longTerm",
  containers: containers.map(({ name }) => name),
});

export const protection = {
  files: filesBackup.protectionState,
  documents: documentsBackup.protectionState,
};

function account(name: string): storage.StorageAccount {
  const args = { resourceGroupName, location, kind: "StorageV2", sku: { name: "Standard_LRS" } };
  return new storage.StorageAccount(name, args);
}
