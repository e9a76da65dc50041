import * as pulumi from "@pulumi/pulumi";
import { BackupInstance } from "../provider/backupInstance";
import { storageAccountBackupContributor } from "../provider/dataProtection/roles";
import type { ProtectionArgs } from "./protection";
import { createRoleAssignment } from "./roleAssignments";
import { normalizeVault } from "./vaultReference";

/** What a {@link BlobBackup} is declared with. */
export interface BlobBackupArgs extends ProtectionArgs {
  /** ARM id of the storage account. */
  storageAccountId: pulumi.Input<string>;
  /**
   * Names of the containers to copy to the vault (vaulted backup): 1 to 1,000. Changed in place, but not removed.
   *
   * @default none: operational backup of the whole account, which keeps the data in the account itself
   */
  containers?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * Protects the block blobs of a storage account: gives the vault's identity its role on the account, and then creates the
 * backup instance, which succeeds only when the blobs are protected.
 *
 * @example
 * ```ts
 * new BlobBackup("files", { storageAccountId: account.id, vault, policyId: operational.id });
 * new BlobBackup("invoices", { storageAccountId: other.id, vault, policyId: vaulted.id, containers: ["invoices"] });
 * ```
 */
export class BlobBackup extends pulumi.ComponentResource {
  /** ARM id of the backup instance. */
  readonly backupInstanceId: pulumi.Output<string>;
  /** The protection state as the service spells it: `ProtectionConfigured` after every successful update. */
  readonly protectionState: pulumi.Output<string>;

  /**
   * @param name - Logical name; the names of the children start with it.
   * @param opts - Pulumi's options; `provider` and `providers` reach the children.
   */
  constructor(name: string, args: BlobBackupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-dataprotection:index:BlobBackup", name, {}, opts);
    const { storageAccountId, containers, vault: vaultReference, ...instanceArgs } = args;
    const vault = normalizeVault(vaultReference);
    const contributor = createRoleAssignment(
      `${name}-account-contributor`,
      { role: storageAccountBackupContributor, scope: storageAccountId, principalId: vault.principalId },
      this,
    );
    const instance = new BackupInstance(
      `${name}-instance`,
      {
        ...instanceArgs,
        vaultId: vault.id,
        datasource: { kind: "blob", storageAccountId, containers, location: vault.location },
      },
      { parent: this, dependsOn: [contributor] },
    );
    this.backupInstanceId = instance.id;
    this.protectionState = instance.protectionState;
    this.registerOutputs({
      backupInstanceId: this.backupInstanceId,
      protectionState: this.protectionState,
    });
  }
}
