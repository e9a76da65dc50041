import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { diskSnapshotContributor } from "../provider/dataProtection/roles";
import { createRoleAssignment } from "./roleAssignments";
import type { VaultReference } from "./vaultReference";
import { normalizeVault } from "./vaultReference";

/** What a {@link SnapshotResourceGroup} is declared with. */
export interface SnapshotResourceGroupArgs {
  /** The vault whose snapshots the group holds. */
  vault: VaultReference;
  /**
   * ARM id of an existing resource group in the disks' subscription.
   *
   * @default a new resource group in the provider's subscription
   */
  resourceGroupId?: pulumi.Input<string>;
  /**
   * Region of a new resource group.
   *
   * @default the vault's region, or `azure-native:location`
   */
  location?: pulumi.Input<string>;
}

/**
 * The resource group that holds the snapshots of disks, and the role `Disk Snapshot Contributor` of a vault on it.
 * One group can serve many disks: give it to each {@link DiskBackup}.
 *
 * @example
 * ```ts
 * const snapshots = new SnapshotResourceGroup("snapshots", { vault });
 * new DiskBackup("data", { diskId: data.id, vault, policyId: policy.id, snapshotResourceGroup: snapshots });
 * new DiskBackup("logs", { diskId: logs.id, vault, policyId: policy.id, snapshotResourceGroup: snapshots });
 * ```
 */
export class SnapshotResourceGroup extends pulumi.ComponentResource {
  /** ARM id of the resource group. */
  readonly resourceGroupId: pulumi.Output<string>;

  /**
   * @param name - Logical name; the names of the children start with it.
   * @param opts - Pulumi's options. A `provider` of the disks' subscription creates the group there.
   */
  constructor(name: string, args: SnapshotResourceGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-dataprotection:index:SnapshotResourceGroup", name, {}, opts);
    const vault = normalizeVault(args.vault);
    const scope =
      args.resourceGroupId ??
      new ResourceGroup(`${name}-group`, { location: args.location ?? vault.location }, { parent: this }).id;
    const grant = { role: diskSnapshotContributor, scope, principalId: vault.principalId };
    createRoleAssignment(`${name}-snapshot-contributor`, grant, this);
    this.resourceGroupId = pulumi.output(scope);
    this.registerOutputs({ resourceGroupId: this.resourceGroupId });
  }
}

/** The groups that were made for ids, by vault, so that disks that share a group share its role assignment. */
const groupsOfVaults = new WeakMap<VaultReference, Map<pulumi.Input<string>, SnapshotResourceGroup>>();

/**
 * The group with this id for this vault, made by `create` when no component of the program made it before. Equal means
 * the same vault object, and the same text or the same output: values of outputs are not known when a program declares.
 */
export function sharedSnapshotResourceGroup(
  vault: VaultReference,
  resourceGroupId: pulumi.Input<string>,
  create: () => SnapshotResourceGroup,
): SnapshotResourceGroup {
  const groups = groupsOfVaults.get(vault) ?? new Map<pulumi.Input<string>, SnapshotResourceGroup>();
  groupsOfVaults.set(vault, groups);
  const group = groups.get(resourceGroupId) ?? create();
  groups.set(resourceGroupId, group);
  return group;
}
