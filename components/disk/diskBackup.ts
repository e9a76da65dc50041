import * as pulumi from "@pulumi/pulumi";
import { diskBackupReader } from "../../provider/dataProtection/roles";
import type { InputProblem } from "../../provider/dataProtection/inputProblem";
import { resourceGroupType } from "../../provider/azure/resourceId";
import { idProblems, refuseProblems } from "../argumentProblems";
import { subscriptionIdOf } from "../subscription";
import type { PolicyUse } from "../policyChoice";
import { choosePolicy, policyProblems } from "../policyChoice";
import type { ProtectionArgs } from "../protection";
import { createInstance, protectionProblems } from "../protection";
import { assignRole } from "../roleAssignments";
import type { KnownSnapshotsArgs, SnapshotResourceGroupArgs } from "./snapshotResourceGroup";
import { SnapshotResourceGroup, snapshotsOf } from "./snapshotResourceGroup";
import { normalizeVault } from "../vault/vaultReference";

/** What a {@link DiskBackup} is declared with. */
export interface DiskBackupArgs extends ProtectionArgs<"disk"> {
  /** ARM id of the managed disk. */
  diskId: pulumi.Input<string>;
  /**
   * Where the snapshots are kept: a {@link SnapshotResourceGroup} that several disks share, or the ARM id of an existing
   * resource group in the disk's subscription.
   *
   * @default a new resource group for this disk, in its subscription
   */
  snapshotResourceGroup?: SnapshotResourceGroup | pulumi.Input<string>;
  /**
   * Tags of a new resource group for the snapshots, as an organisation's Azure Policy may demand them.
   *
   * @default those of the vault
   */
  tags?: SnapshotResourceGroupArgs["tags"];
}

const use: PolicyUse = { kind: "disk", dataStore: "OperationalStore" };

/**
 * Protects a managed disk: gives the vault's identity its roles on the disk and on the snapshot resource group, and then
 * creates the backup instance, which succeeds only when the disk is protected.
 *
 * @example
 * ```ts
 * const backup = new DiskBackup("data", { diskId: disk.id, vault, policy: diskPolicies.daily });
 * export const state = backup.protectionState; // "ProtectionConfigured"
 * ```
 */
export class DiskBackup extends pulumi.ComponentResource {
  /** ARM id of the backup instance. */
  readonly backupInstanceId: pulumi.Output<string>;
  /** The protection state as the service spells it: `ProtectionConfigured` after every successful update. */
  readonly protectionState: pulumi.Output<string>;
  /** Why the datasource is not protected, with `onFailure: "report"`; `undefined` when it is. */
  readonly failure: pulumi.Output<string | undefined>;
  /** ARM id of the resource group that the snapshots are kept in. */
  readonly snapshotResourceGroupId: pulumi.Output<string>;

  /**
   * @param name - Logical name; the names of the children start with it.
   * @param opts - Pulumi's options. Under an azure-native `provider`, its own or a parent's, everything signs in as that does.
   * @throws an `Error` that lists all that is wrong with the arguments, before any request.
   */
  constructor(name: string, args: DiskBackupArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems(`DiskBackup "${name}"`, problemsOf(args));
    super("azure-dataprotection:index:DiskBackup", name, {}, opts);
    const { diskId, snapshotResourceGroup, tags: _tags, ...protection } = args;
    const vault = normalizeVault(protection.vault, protection.userAssignedIdentityId);
    const policy = choosePolicy(name, protection, use, this);
    const snapshots = placeOfSnapshots(name, args, this);
    this.snapshotResourceGroupId = pulumi.output(snapshots.id);
    const roles =
      protection.roles === "existing"
        ? []
        : [
            assignRole(
              `${name}-disk-reader`,
              { role: diskBackupReader, scope: diskId, vault, onFailure: args.onFailure },
              this,
            ),
          ];
    const instance = createInstance(
      name,
      protection,
      {
        vaultId: vault.id,
        policyId: policy.id,
        userAssignedIdentityId: vault.userAssignedIdentityId,
        datasource: {
          kind: "disk",
          diskId,
          snapshotResourceGroupId: snapshots.id,
          location: vault.location,
        },
        needs: [policy.created, snapshots.component, ...roles].filter((needed) => needed !== undefined),
      },
      this,
    );
    this.backupInstanceId = instance.id;
    this.protectionState = instance.protectionState;
    this.failure = instance.failure;
    this.registerOutputs({
      backupInstanceId: this.backupInstanceId,
      protectionState: this.protectionState,
      snapshotResourceGroupId: this.snapshotResourceGroupId,
    });
  }
}

function problemsOf(args: DiskBackupArgs): InputProblem[] {
  const problems = protectionProblems("a disk's backup", ["diskId", "snapshotResourceGroup", "tags"], args);
  problems.push(...idProblems("diskId", args.diskId || undefined, "Microsoft.Compute/disks"));
  problems.push(...idProblems("snapshotResourceGroup", args.snapshotResourceGroup, resourceGroupType));
  if (!args.diskId) {
    problems.push({ property: "diskId", reason: "is missing; give the ARM id of the managed disk" });
  }
  if (args.roles === "existing" && args.snapshotResourceGroup === undefined) {
    const reason =
      "is missing; a new group has no roles yet, so give the group on which the vault has its role";
    problems.push({ property: "snapshotResourceGroup", reason });
  }
  return [...problems, ...policyProblems(args, use)];
}

/** The resource group of the snapshots, and the component that makes it fit for them, if there is one. */
function placeOfSnapshots(
  name: string,
  {
    diskId,
    vault,
    snapshotResourceGroup: given,
    roles,
    userAssignedIdentityId,
    onFailure,
    tags,
  }: DiskBackupArgs,
  parent: pulumi.Resource,
): { id: pulumi.Input<string>; component?: SnapshotResourceGroup } {
  if (given instanceof SnapshotResourceGroup) {
    return { id: given.resourceGroupId, component: given };
  }
  if (given !== undefined && roles === "existing") {
    return { id: given };
  }
  const args: KnownSnapshotsArgs = {
    vault,
    resourceGroupId: given,
    subscriptionId: pulumi.output(diskId).apply(subscriptionIdOf),
    userAssignedIdentityId,
    tags,
    onFailure,
    [snapshotsOf]: [diskId],
  };
  const component = new SnapshotResourceGroup(`${name}-snapshots`, args, { parent });
  return { id: component.resourceGroupId, component };
}
