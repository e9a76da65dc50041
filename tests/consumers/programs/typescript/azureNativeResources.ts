import type { Disk } from "@pulumi/azure-native/compute";
import type { BackupPolicy, BackupVault } from "@pulumi/azure-native/dataprotection";
import { DiskBackup } from "pulumi-azure-dataprotection";

/** Compiled, not run: vault and policy of azure-native are taken as they are. */
export function protect(disk: Disk, vault: BackupVault, policy: BackupPolicy): DiskBackup {
  return new DiskBackup("data", { diskId: disk.id, vault, policy: policy.id });
}
