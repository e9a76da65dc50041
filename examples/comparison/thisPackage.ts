import * as compute from "@pulumi/azure-native/compute";
import * as resources from "@pulumi/azure-native/resources";
import { BackupVault, DiskBackup, diskPolicies } from "pulumi-azure-dataprotection";

const { name: resourceGroupName } = new resources.ResourceGroup("comparison", { location: "westeurope" });
const disk = new compute.Disk("data", {
  resourceGroupName,
  sku: { name: "StandardSSD_LRS" },
  diskSizeGB: 4,
  creationData: { createOption: "Empty" },
});

const vault = new BackupVault("backups", { resourceGroupName, policies: { disks: diskPolicies.daily } });
const backup = new DiskBackup("data", { diskId: disk.id, vault });

export const { backupInstanceId, protectionState } = backup;
