import * as compute from "@pulumi/azure-native/compute";
import * as resources from "@pulumi/azure-native/resources";
import { BackupVault, DiskBackup, diskPolicies } from "pulumi-azure-dataprotection";

/**
 * The team's stack: a disk, a vault, and the disk's backup. It is a function, so that a test can run it as often as it likes;
 * `index.ts` is all that the deployed program has on top of it.
 *
 * @returns the stack's outputs.
 */
export async function backups(): Promise<Record<string, unknown>> {
  const location = "westeurope";
  const { name: resourceGroupName } = new resources.ResourceGroup("team", { location });
  const disk = new compute.Disk("data", {
    resourceGroupName,
    location,
    sku: { name: "StandardSSD_LRS" },
    diskSizeGB: 4,
    creationData: { createOption: "Empty" },
  });
  const vault = new BackupVault("backups", {
    resourceGroupName,
    location,
    policies: { disks: diskPolicies.daily },
  });
  const backup = new DiskBackup("data", { diskId: disk.id, vault, policy: "disks" });
  return {
    diskId: disk.id,
    backupInstanceId: backup.backupInstanceId,
    protectionState: backup.protectionState,
  };
}
