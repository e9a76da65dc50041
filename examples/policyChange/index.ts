import * as compute from "@pulumi/azure-native/compute";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import type { RetentionDuration } from "pulumi-azure-dataprotection";
import { BackupVault, DiskBackup, diskPolicy } from "pulumi-azure-dataprotection";

const config = new pulumi.Config();
const location = new pulumi.Config("azure-native").get("location") ?? "westeurope";

const { name: resourceGroupName } = new resources.ResourceGroup("policy-change", { location });
const disk = new compute.Disk("data", {
  resourceGroupName,
  location,
  sku: { name: "StandardSSD_LRS" },
  diskSizeGB: 4,
  creationData: { createOption: "Empty" },
});

// `pulumi config set keep "30 days"` and `pulumi up` change what the policy says. The service changes no policy, so the
// vault gets a new one, the disk is bound to it in place, with all its recovery points, and then the old one goes.
const keep: RetentionDuration = config.get("keep") ?? "7 days";
const vault = new BackupVault("backups", {
  resourceGroupName,
  location,
  redundancy: "LocallyRedundant",
  softDelete: { state: "off", acknowledge: "deleted backups are lost" }, // this stack is to be thrown away
  policies: { disks: diskPolicy({ every: "1 day", at: "02:00", keep }) },
});
const backup = new DiskBackup("data", { diskId: disk.id, vault, policy: "disks" });

export const policyId = vault.policyIds.disks;
export const backupInstanceId = backup.backupInstanceId;
export const protectionState = backup.protectionState;
