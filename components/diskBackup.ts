import * as pulumi from "@pulumi/pulumi";
import { BackupInstance } from "../provider/backupInstance";
import { diskBackupReader } from "../provider/dataProtection/roles";
import type { ProtectionArgs } from "./protection";
import { createRoleAssignment } from "./roleAssignments";
import { SnapshotResourceGroup, sharedSnapshotResourceGroup } from "./snapshotResourceGroup";
import type { VaultReference } from "./vaultReference";
import { normalizeVault } from "./vaultReference";

/** What a {@link DiskBackup} is declared with. */
export interface DiskBackupArgs extends ProtectionArgs {
  /** ARM id of the managed disk. */
  diskId: pulumi.Input<string>;
  /**
   * Where the snapshots are kept: a {@link SnapshotResourceGroup} that several disks share, or the ARM id of an existing
   * resource group in the disk's subscription. For disks that come and go share a `SnapshotResourceGroup`: a group given
   * by id gets its role assignment from the first disk that names it.
   *
   * @default a new resource group for this disk, in the provider's subscription
   */
  snapshotResourceGroup?: SnapshotResourceGroup | pulumi.Input<string>;
}

/**
 * Protects a managed disk: gives the vault's identity its roles on the disk and on the snapshot resource group, and then
 * creates the backup instance, which succeeds only when the disk is protected.
 *
 * @example
 * ```ts
 * const backup = new DiskBackup("data", { diskId: disk.id, vault, policyId: policy.id });
 * export const state = backup.protectionState; // "ProtectionConfigured"
 * ```
 */
export class DiskBackup extends pulumi.ComponentResource {
  /** ARM id of the backup instance. */
  readonly backupInstanceId: pulumi.Output<string>;
  /** The protection state as the service spells it: `ProtectionConfigured` after every successful update. */
  readonly protectionState: pulumi.Output<string>;
  /** Where the snapshots are kept; give it to other disks to share it. */
  readonly snapshotResourceGroup: SnapshotResourceGroup;

  /**
   * @param name - Logical name; the names of the children start with it.
   * @param opts - Pulumi's options; `provider` and `providers` reach the children.
   */
  constructor(name: string, args: DiskBackupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-dataprotection:index:DiskBackup", name, {}, opts);
    const { diskId, vault: vaultReference, snapshotResourceGroup, ...instanceArgs } = args;
    const vault = normalizeVault(vaultReference);
    this.snapshotResourceGroup = this.normalizeSnapshotResourceGroup(
      name,
      vaultReference,
      snapshotResourceGroup,
    );
    const reader = createRoleAssignment(
      `${name}-disk-reader`,
      { role: diskBackupReader, scope: diskId, principalId: vault.principalId },
      this,
    );
    const instance = new BackupInstance(
      `${name}-instance`,
      {
        ...instanceArgs,
        vaultId: vault.id,
        datasource: {
          kind: "disk",
          diskId,
          snapshotResourceGroupId: this.snapshotResourceGroup.resourceGroupId,
          location: vault.location,
        },
      },
      { parent: this, dependsOn: [reader, this.snapshotResourceGroup] },
    );
    this.backupInstanceId = instance.id;
    this.protectionState = instance.protectionState;
    this.registerOutputs({
      backupInstanceId: this.backupInstanceId,
      protectionState: this.protectionState,
      snapshotResourceGroupId: this.snapshotResourceGroup.resourceGroupId,
    });
  }

  private normalizeSnapshotResourceGroup(
    name: string,
    vault: VaultReference,
    given: DiskBackupArgs["snapshotResourceGroup"],
  ): SnapshotResourceGroup {
    if (given instanceof SnapshotResourceGroup) {
      return given;
    }
    const create = (): SnapshotResourceGroup =>
      new SnapshotResourceGroup(`${name}-snapshots`, { vault, resourceGroupId: given }, { parent: this });
    return given === undefined ? create() : sharedSnapshotResourceGroup(vault, given, create);
  }
}
