import * as compute from "@pulumi/azure-native/compute";
import { Provider } from "@pulumi/azure-native/provider";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { BackupVault, DiskBackup, SnapshotResourceGroup, diskPolicies } from "pulumi-azure-dataprotection";

const location = new pulumi.Config("azure-native").get("location") ?? "westeurope";
// The vault is in the stack's own subscription, the disks are in this one.
const subscriptionId = new pulumi.Config().require("workloadSubscriptionId");
const workload = new Provider("workload", { subscriptionId });

const group = new resources.ResourceGroup("workload", { location }, { provider: workload });
const [data, logs, archive] = ["data", "logs", "archive"].map((name) => disk(name)) as [
  compute.Disk,
  compute.Disk,
  compute.Disk,
];

const vault = new BackupVault("central", {
  location,
  redundancy: "LocallyRedundant",
  softDelete: { state: "off", acknowledge: "deleted backups are lost" }, // this stack is to be thrown away
});

// Two disks keep their snapshots in one group, with one role assignment. Azure Backup wants it in the disks' subscription.
const snapshots = new SnapshotResourceGroup("snapshots", { vault, subscriptionId });
const dataBackup = new DiskBackup("data", { diskId: data.id, vault, snapshotResourceGroup: snapshots });
const logsBackup = new DiskBackup("logs", { diskId: logs.id, vault, snapshotResourceGroup: snapshots });
// A disk for which none is named gets a group of its own, in its own subscription. A preset is created in the vault.
const archiveBackup = new DiskBackup("archive", { diskId: archive.id, vault, policy: diskPolicies.daily });

export const snapshotResourceGroups = [snapshots.resourceGroupId, archiveBackup.snapshotResourceGroupId];
export const protection = [dataBackup, logsBackup, archiveBackup].map(
  ({ protectionState }) => protectionState,
);

function disk(name: string): compute.Disk {
  return new compute.Disk(
    name,
    {
      resourceGroupName: group.name,
      location,
      sku: { name: "StandardSSD_LRS" },
      diskSizeGB: 4,
      creationData: { createOption: "Empty" },
    },
    { provider: workload },
  );
}
