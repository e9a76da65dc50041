import * as pulumi from "@pulumi/pulumi";
import { diskSnapshotContributor } from "../../provider/dataProtection/roles";
import { PrerequisiteResource } from "../../provider/resources/prerequisiteResource";
import type { InputProblem } from "../../provider/dataProtection/inputProblem";
import { longestResourceGroupName } from "../../provider/dataProtection/resourceNames";
import type { OnFailure } from "../../provider/resources/backupInstance";
import { resourceGroupType } from "../../provider/azure/resourceId";
import { idProblems, refuseProblems, subscriptionIdProblems, unknownProperties } from "../argumentProblems";
import { defaultNameOf } from "../defaultNames";
import { failureOf } from "../failureOf";
import { identityProblems } from "../protection";
import { assignRole } from "../roleAssignments";
import { subscriptionIdOf } from "../subscription";
import type { Vault, VaultReference } from "../vault/vaultReference";
import { normalizeVault, vaultReferenceProblems } from "../vault/vaultReference";

/** What a {@link SnapshotResourceGroup} is declared with. */
export interface SnapshotResourceGroupArgs {
  /** The vault whose snapshots the group holds. */
  vault: VaultReference;
  /**
   * ARM id of an existing resource group in the disks' subscription.
   *
   * @default a new resource group
   */
  resourceGroupId?: pulumi.Input<string>;
  /**
   * Id of the disks' subscription, in which a new resource group is created.
   *
   * @default the vault's subscription
   */
  subscriptionId?: pulumi.Input<string>;
  /**
   * Region of a new resource group.
   *
   * @default the vault's region, or `azure-native:location`
   */
  location?: pulumi.Input<string>;
  /**
   * Tags of a new resource group, as an organisation's Azure Policy may demand them.
   *
   * @default those of the vault
   */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * ARM id of the user-assigned identity of the vault that protects the disks.
   *
   * @default the vault's own identity
   */
  userAssignedIdentityId?: pulumi.Input<string>;
  /**
   * What becomes of a group or a role that is refused or fails, as of an instance: with `"report"` the output `failure` says
   * why, and the disks that were to have their snapshots in the group are not protected, for the same reason.
   *
   * @default "fail"
   */
  onFailure?: pulumi.Input<OnFailure>;
}

/** For the components that know which disks a group is for: with this, it is found again when they are renamed. */
export const snapshotsOf = Symbol("snapshotsOf");

/** {@link SnapshotResourceGroupArgs} of such a component. */
export interface KnownSnapshotsArgs extends SnapshotResourceGroupArgs {
  /** ARM ids of the disks. */
  [snapshotsOf]?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * The resource group that holds the snapshots of disks, and the role `Disk Snapshot Contributor` of a vault on it.
 * One group can serve many disks: give it to each {@link DiskBackup}. A new group is left in Azure, by a `pulumi destroy`
 * too, for as long as it holds the snapshots of a backup that can still be had back.
 *
 * @example
 * ```ts
 * const snapshots = new SnapshotResourceGroup("snapshots", { vault });
 * new DiskBackup("data", { diskId: data.id, vault, snapshotResourceGroup: snapshots });
 * new DiskBackup("logs", { diskId: logs.id, vault, snapshotResourceGroup: snapshots });
 * ```
 */
export class SnapshotResourceGroup extends pulumi.ComponentResource {
  /** ARM id of the resource group. Known in previews. */
  readonly resourceGroupId: pulumi.Output<string>;
  /** Why the group cannot take snapshots, with `onFailure: "report"`; `undefined` when it can. */
  readonly failure: pulumi.Output<string | undefined>;

  /**
   * @param name - Logical name; the names of the children start with it.
   * @param opts - Pulumi's options. Under an azure-native `provider`, its own or a parent's, everything signs in as that does.
   * @throws an `Error` that lists all that is wrong with the arguments, before any request.
   */
  constructor(name: string, args: SnapshotResourceGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems(`SnapshotResourceGroup "${name}"`, problemsOf(args));
    super("azure-dataprotection:index:SnapshotResourceGroup", name, {}, opts);
    const vault = normalizeVault(args.vault, args.userAssignedIdentityId);
    const { onFailure } = args;
    const group =
      args.resourceGroupId === undefined ? createResourceGroup(name, args, vault, this) : undefined;
    const scope = args.resourceGroupId ?? group?.id ?? "";
    const grant = { role: diskSnapshotContributor, scope, vault, onFailure };
    const role = assignRole(`${name}-snapshot-contributor`, grant, this);
    this.resourceGroupId = pulumi.output(scope);
    this.failure = failureOf(group === undefined ? [role] : [group, role]);
    this.registerOutputs({ resourceGroupId: this.resourceGroupId });
  }
}

const properties = [
  "vault",
  "resourceGroupId",
  "subscriptionId",
  "location",
  "tags",
  "userAssignedIdentityId",
  "onFailure",
] satisfies (keyof SnapshotResourceGroupArgs)[];

function problemsOf(args: SnapshotResourceGroupArgs): InputProblem[] {
  return [
    ...unknownProperties("a snapshot group", properties, args),
    ...vaultReferenceProblems(args.vault, true),
    ...identityProblems(args),
    ...idProblems("resourceGroupId", args.resourceGroupId, resourceGroupType),
    ...subscriptionIdProblems("subscriptionId", args.subscriptionId),
  ];
}

function createResourceGroup(
  name: string,
  { subscriptionId, location, tags, onFailure, [snapshotsOf]: diskIds }: KnownSnapshotsArgs,
  { id: vaultId, location: vaultLocation, tags: vaultTags }: Vault,
  parent: pulumi.Resource,
): PrerequisiteResource {
  const inSubscription = subscriptionId ?? pulumi.output(vaultId).apply(subscriptionIdOf);
  const resourceId = pulumi.interpolate`/subscriptions/${inSubscription}/resourceGroups/${defaultNameOf(name, longestResourceGroupName)}`;
  const args = {
    resourceId,
    hasDefaultName: true,
    snapshotsOf: diskIds,
    location: location ?? vaultLocation,
    tags: tags ?? vaultTags,
    neededBy: { vaultId },
    ...(onFailure === undefined ? {} : { onFailure }),
  };
  return new PrerequisiteResource("resourceGroup", `${name}-group`, args, { parent });
}
