import type * as pulumi from "@pulumi/pulumi";
import type { Policy } from "../policies/policyDocument";
import type { defaultPolicies } from "../policies/presets";

/** The names of the policies of a vault that none are declared for. */
export type DefaultPolicyName = keyof typeof defaultPolicies;

/** How the vault's data is replicated: within a building, over the zones of a region, or into the paired region. */
export type Redundancy = "LocallyRedundant" | "ZoneRedundant" | "GeoRedundant";

/** Who the vault is towards disks, accounts and key vaults. */
export interface VaultIdentityArgs {
  /**
   * Whether the vault has an identity of its own, which lives and dies with it.
   *
   * @default true
   */
  systemAssigned?: boolean;
  /**
   * ARM ids of user-assigned identities. They outlive the vault, so their roles can be assigned before it exists.
   *
   * @default none
   */
  userAssignedIdentityIds?: pulumi.Input<string>[];
}

/** What becomes of deleted backups. */
export type SoftDeleteArgs = SoftDeleteOnArgs | SoftDeleteAlwaysOnArgs | SoftDeleteOffArgs;

/** Deleted backups can be had back for a while. It can be switched off later. */
export interface SoftDeleteOnArgs {
  state: "on";
  /**
   * For how many days: 14 to 180. Above 14 they cost as others do.
   *
   * @default 14
   */
  retentionInDays?: number;
}

/** Deleted backups can be had back for a while, and nobody can ever switch that off for this vault. */
export interface SoftDeleteAlwaysOnArgs extends Omit<SoftDeleteOnArgs, "state"> {
  state: "alwaysOn";
  /** Says that this is known: the service offers no way back. */
  acknowledge: "this cannot be undone";
}

/** Deleted backups are gone at once: for stacks that are thrown away. */
export interface SoftDeleteOffArgs {
  state: "off";
  /** Says that this is known. */
  acknowledge: "deleted backups are lost";
}

/** Whether recovery points in the vault can be deleted before their time. It does not reach snapshots of disks and operational backup of blobs. */
export type ImmutabilityArgs = { state: "off" } | { state: "unlocked" } | ImmutabilityLockedArgs;

/** Nobody can delete recovery points before their time, nor ever switch that off for this vault. */
export interface ImmutabilityLockedArgs {
  state: "locked";
  /** Says that this is known: the service offers no way back. */
  acknowledge: "this cannot be undone";
}

/** A key of your own for the data in the vault. The service offers no way back to its own keys. */
export interface EncryptionArgs {
  /** URL of the key in Key Vault, as in `https://<vault>.vault.azure.net/keys/<key>`. */
  keyUri: pulumi.Input<string>;
  /**
   * ARM id of the identity that reads the key, one of `identity.userAssignedIdentityIds`.
   *
   * @default the vault's own identity, which can be given access to the key only after the vault exists
   */
  userAssignedIdentityId?: pulumi.Input<string>;
  /**
   * Whether the data is encrypted a second time, with keys of the platform. Decided for good when the vault is created.
   *
   * @default false
   */
  infrastructureEncryption?: boolean;
}

/**
 * What a {@link BackupVault} is declared with. What weakens or cannot be undone wants to be acknowledged, so these are plain values.
 *
 * **Others may make the vault stronger.** An update reads the vault and sends back what the program does not declare. A default
 * is the value at creation, and a floor: an update raises what is weaker, and leaves what is stronger. Where the program declares
 * a setting and somebody else has made it stronger, previews and updates warn; an update that would weaken it, because it
 * changes something else of the vault, is refused and names both values. To keep the stronger one, declare it. To weaken it,
 * declare it for one update, and then the weaker one.
 *
 * **What Azure never takes back** is refused before any request, also when it is only left out again: `crossRegionRestore`,
 * `softDelete` that is `"alwaysOn"`, `immutability` that is `"locked"`, `encryption`.
 */
export interface BackupVaultArgs<PolicyName extends string = string> {
  /**
   * Name of the resource group that the vault is created in. Changing it replaces the vault.
   *
   * @default a new group of the vault's own, which stays in Azure for as long as the vault has to
   */
  resourceGroupName?: pulumi.Input<string>;
  /**
   * Name of the vault: 2 to 50 letters, digits and hyphens. Changing it replaces the vault.
   *
   * @default the component's name and a hash of project, stack and name, chosen when the vault is made and kept from then on
   */
  vaultName?: pulumi.Input<string>;
  /**
   * Region of the vault, which is that of all that it protects. Changing it replaces the vault.
   *
   * @default `azure-native:location`, else that of the resource group
   */
  location?: pulumi.Input<string>;
  /** @default the vault's own (system-assigned) identity */
  identity?: VaultIdentityArgs;
  /**
   * How the data in the vault is replicated. Once the vault holds a backup, a soft-deleted one included, another value is
   * refused; then only another vault can have it.
   *
   * @default "GeoRedundant", at creation
   */
  redundancy?: Redundancy;
  /**
   * Whether the data can be restored in the paired region too. It takes `redundancy: "GeoRedundant"`, and the service
   * offers no way back: `true` cannot be taken back.
   *
   * @default false at creation; what others switch on stays on
   */
  crossRegionRestore?: boolean;
  /**
   * What becomes of deleted backups. The default holds at creation and at least: more days, or `"alwaysOn"`, stay as others set
   * them. `"alwaysOn"` cannot be taken back.
   *
   * @default { state: "on", retentionInDays: 14 }
   */
  softDelete?: SoftDeleteArgs;
  /**
   * Whether recovery points in the vault can be deleted before their time. The default holds at creation: what is stronger stays
   * when this is left out. `"locked"` cannot be taken back.
   *
   * @default { state: "off" }
   */
  immutability?: ImmutabilityArgs;
  /**
   * A key of your own for the data in the vault. The key can be changed, and not be taken back.
   *
   * @default keys of the platform at creation; a key that others set stays
   */
  encryption?: EncryptionArgs;
  /**
   * Whether Azure Monitor raises an alert for every backup and restore that fails.
   *
   * @default true, at creation and at least: an update switches on again what others switched off
   */
  alertsForFailedJobs?: boolean;
  /**
   * ARM id of the Resource Guard whose owner must approve critical operations of this vault: deletions, and what weakens
   * the vault, taking the guard away included. Then whoever deploys needs the role "Backup MUA Operator" on the guard.
   *
   * @default none
   */
  resourceGuardId?: pulumi.Input<string>;
  /**
   * Tags of the vault, of the group that is made for it, and, unless they have their own, of those that are made for its
   * snapshots. Tags of others stay.
   *
   * @default none
   */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * The vault's policies by name: 1 to 141 letters, digits and hyphens, to which a hash of the policy is added. A changed
   * policy is a new one under another hash: instances are bound to it in place, and then the old one goes.
   *
   * @default `disks`, `blobs` (operational), `vaultedBlobs` and `dataLakes`, each as the service's own default has it
   */
  policies?: Record<PolicyName, Policy>;
}
