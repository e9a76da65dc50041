import * as pulumi from "@pulumi/pulumi";

/** A Backup vault of azure-native (`dataprotection.BackupVault`), or anything with the same outputs. */
export interface BackupVaultResource {
  id: pulumi.Output<string>;
  location: pulumi.Output<string>;
  identity: pulumi.Output<{ principalId: string } | undefined>;
}

/** A Backup vault that is not part of the program. */
export interface ExistingVault {
  /** ARM id of the vault. */
  id: pulumi.Input<string>;
  /** Principal (object) id of the vault's system-assigned identity. */
  principalId: pulumi.Input<string>;
  /**
   * Region of the vault.
   *
   * @default asked from the service; a snapshot resource group that is created then takes `azure-native:location`
   */
  location?: pulumi.Input<string>;
}

/** A Backup vault: azure-native's resource, or the ids of an existing one. */
export type VaultReference = BackupVaultResource | ExistingVault;

/** A vault in the one shape that the components work with. */
export interface Vault {
  id: pulumi.Input<string>;
  principalId: pulumi.Output<string>;
  location: pulumi.Input<string> | undefined;
}

/** Brings a reference to a vault into one shape. */
export function normalizeVault(vault: VaultReference): Vault {
  if ("principalId" in vault) {
    return { id: vault.id, principalId: pulumi.output(vault.principalId), location: vault.location };
  }
  const principalId = pulumi.all([vault.identity, vault.id]).apply(([identity, id]) => {
    if (identity?.principalId === undefined || identity.principalId === "") {
      throw new Error(
        `reading the identity of Backup vault ${id}: it has no system-assigned identity, which backups need; ` +
          'declare the vault with identity: { type: "SystemAssigned" }',
      );
    }
    return identity.principalId;
  });
  return { id: vault.id, principalId, location: vault.location };
}
