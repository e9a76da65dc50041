import type * as pulumi from "@pulumi/pulumi";
import type { BackupInstanceArgs, TimeoutsArgs } from "../provider/backupInstance";
import { BackupInstance } from "../provider/backupInstance";
import type { Vault, VaultReference } from "./vaultReference";

/** What every component that protects a datasource is declared with. */
export interface ProtectionArgs {
  /** The Backup vault, in the datasource's region: azure-native's resource, or the ids of an existing one. */
  vault: VaultReference;
  /** ARM id of a policy of the vault, for this sort of backup. Changed in place. */
  policyId: pulumi.Input<string>;
  /**
   * Name of the backup instance in the vault. Changing it replaces the instance.
   *
   * @default the datasource's name and a UUID made of its id: the same on every run
   */
  name?: pulumi.Input<string>;
  /**
   * The name that the Azure portal shows. Changed in place.
   *
   * @default the datasource's name
   */
  friendlyName?: pulumi.Input<string>;
  /** How long the steps may take. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
  /**
   * What becomes of the backup instance when the component is deleted: see {@link BackupInstanceArgs.onDelete}.
   *
   * @default "delete"
   */
  onDelete?: BackupInstanceArgs["onDelete"];
  /**
   * Whether a soft-deleted instance of the datasource in the vault is had back instead of failing.
   *
   * @default true
   */
  recoverSoftDeleted?: pulumi.Input<boolean>;
  /**
   * Whether an update mends protection that was stopped, broken or changed elsewhere, or only warns.
   *
   * @default true
   */
  healDrift?: pulumi.Input<boolean>;
  /**
   * Whether the preview of a first create asks the service if it would protect the datasource.
   *
   * @default true
   */
  validateOnPreview?: pulumi.Input<boolean>;
}

/** The backup instance of a component, after the roles that its vault needs. */
export function createBackupInstance(
  name: string,
  args: ProtectionArgs,
  vault: Vault,
  datasource: BackupInstanceArgs["datasource"],
  opts: pulumi.CustomResourceOptions,
): BackupInstance {
  const { policyId, friendlyName, timeouts, onDelete, recoverSoftDeleted, healDrift, validateOnPreview } =
    args;
  return new BackupInstance(
    name,
    {
      vaultId: vault.id,
      policyId,
      datasource,
      name: args.name,
      friendlyName,
      timeouts,
      onDelete,
      recoverSoftDeleted,
      healDrift,
      validateOnPreview,
    },
    opts,
  );
}
