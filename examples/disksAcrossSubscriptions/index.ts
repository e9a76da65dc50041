import * as pulumi from "@pulumi/pulumi";
import { BackupVault, DiskBackup, SnapshotResourceGroup, diskPolicies } from "pulumi-azure-dataprotection";

const location = new pulumi.Config("azure-native").get("location") ?? "westeurope";
const config = new pulumi.Config();
// The vault is in the stack's own subscription, the disks are in this one.
const subscriptionId = config.require("workloadSubscriptionId");
const disks = config.requireObject<{ data: string; logs: string; archive: string }>("diskIds");

const vault = new BackupVault("across", {
  location,
  redundancy: "LocallyRedundant",
  softDelete: { state: "off", acknowledge: "deleted backups are lost" }, // this stack is to be thrown away
});

// Two disks keep their snapshots in one group, with one role assignment. Azure Backup wants it in the disks' subscription.
const snapshots = new SnapshotResourceGroup("snapshots", { vault, subscriptionId });
const data = new DiskBackup("data", { diskId: disks.data, vault, snapshotResourceGroup: snapshots });
const logs = new DiskBackup("logs", { diskId: disks.logs, vault, snapshotResourceGroup: snapshots });
// A disk for which none is named gets a group of its own, in its own subscription. A preset is created in the vault.
const archive = new DiskBackup("archive", { diskId: disks.archive, vault, policy: diskPolicies.daily });

export const vaultId = vault.id;
export const snapshotResourceGroupIds = [snapshots.resourceGroupId, archive.snapshotResourceGroupId];
export const protection = [data, logs, archive].map(({ protectionState }) => protectionState);
