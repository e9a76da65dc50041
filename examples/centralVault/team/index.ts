import * as compute from "@pulumi/azure-native/compute";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { DiskBackup } from "pulumi-azure-dataprotection";

const config = new pulumi.Config();
const platform = new pulumi.StackReference(config.require("platformStack"));
const vault = {
  id: platform.requireOutput("vaultId") as pulumi.Output<string>,
  principalId: platform.requireOutput("vaultPrincipalId") as pulumi.Output<string>,
  location: platform.requireOutput("vaultLocation") as pulumi.Output<string>,
};
const policyIds = platform.requireOutput("policyIds") as pulumi.Output<Record<string, string>>;

const group = new resources.ResourceGroup("team", { location: vault.location });
const disk = new compute.Disk("data", {
  resourceGroupName: group.name,
  location: vault.location,
  sku: { name: "StandardSSD_LRS" },
  diskSizeGB: 4,
  creationData: { createOption: "Empty" },
});

const backup = new DiskBackup("data", {
  diskId: disk.id,
  vault,
  policy: policyIds.apply((ids) => ids.standard ?? ""),
  // All teams keep their snapshots in one group. Each stack declares the vault's role on it, and all mean one assignment,
  // which goes with the last backup that needs it.
  snapshotResourceGroup: config.require("snapshotResourceGroupId"),
});

export const backupInstanceId = backup.backupInstanceId;
export const protectionState = backup.protectionState;
