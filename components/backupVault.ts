import * as dataprotection from "@pulumi/azure-native/dataprotection";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "./argumentProblems";
import type { BackupVaultArgs } from "./backupVaultArgs";
import { vaultIdentity, vaultProperties } from "./backupVaultProperties";
import { backupVaultProblems } from "./backupVaultRules";
import type { Policy } from "./policies/policyDocument";
import { policyNameOf } from "./policies/policyName";
import type { VaultIdentity } from "./vaultReference";
import { principalIdIn } from "./vaultReference";

/**
 * A Backup vault with its policies, safe by default: an identity of its own, geo-redundant, soft delete on, alerts for
 * failed jobs. What weakens it or cannot be undone is refused unless it is acknowledged.
 *
 * @example
 * ```ts
 * const vault = new BackupVault("backups", { resourceGroupName: group.name, policies: { disks: diskPolicies.daily } });
 * new DiskBackup("data", { diskId: disk.id, vault, policyId: vault.policyIds.disks });
 * ```
 */
export class BackupVault<PolicyName extends string = string> extends pulumi.ComponentResource {
  /** ARM id of the vault. */
  readonly id: pulumi.Output<string>;
  /** Name of the vault. */
  readonly name: pulumi.Output<string>;
  /** Region of the vault. */
  readonly location: pulumi.Output<string>;
  /** The vault's identities, as azure-native's resource shows them. */
  readonly identity: pulumi.Output<VaultIdentity | undefined>;
  /**
   * ARM id of the user-assigned identity that backups use unless they name another: the first one of a vault that has no
   * identity of its own; `undefined` otherwise.
   */
  readonly userAssignedIdentityId: pulumi.Input<string> | undefined;
  /** Principal (object) id of the identity that backups use unless they name another. */
  readonly principalId: pulumi.Output<string>;
  /** ARM ids of the policies, by the names under which they were declared. */
  readonly policyIds: Readonly<Record<PolicyName, pulumi.Output<string>>>;

  /**
   * @param name - Logical name; the names of the children start with it.
   * @param opts - Pulumi's options; `provider` and `providers` reach the children.
   * @throws an `Error` that lists all that is wrong with the arguments, before any request.
   */
  constructor(name: string, args: BackupVaultArgs<PolicyName>, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems(`BackupVault "${name}"`, backupVaultProblems(name, args));
    super("azure-dataprotection:index:BackupVault", name, {}, opts);
    const vault = new dataprotection.BackupVault(
      `${name}-vault`,
      {
        resourceGroupName: args.resourceGroupName,
        vaultName: args.vaultName,
        location: args.location,
        identity: vaultIdentity(args),
        properties: vaultProperties(args),
        tags: args.tags,
      },
      { parent: this },
    );
    const inVault: InVault = {
      names: { resourceGroupName: args.resourceGroupName, vaultName: vault.name },
      // Azure deletes what is in a vault with the vault, and refuses to delete a policy that soft-deleted instances hold.
      options: { parent: this, deletedWith: vault },
    };
    if (args.resourceGuardId !== undefined) {
      createResourceGuardProxy(name, args.resourceGuardId, inVault);
    }
    this.id = vault.id;
    this.name = vault.name;
    this.location = vault.location;
    this.identity = vault.identity;
    const hasOwnIdentity = args.identity?.systemAssigned ?? true;
    this.userAssignedIdentityId = hasOwnIdentity ? undefined : args.identity?.userAssignedIdentityIds?.[0];
    this.principalId = principalIdIn(vault, this.userAssignedIdentityId);
    this.policyIds = createPolicies(name, args.policies ?? ({} as Record<PolicyName, never>), inVault);
    this.registerOutputs({ id: this.id, principalId: this.principalId, policyIds: this.policyIds });
  }
}

/** What the resources in a vault have in common. */
interface InVault {
  names: { resourceGroupName: pulumi.Input<string>; vaultName: pulumi.Input<string> };
  options: pulumi.CustomResourceOptions;
}

/** Binds the vault to a guard. The service knows the binding by this one name only. */
function createResourceGuardProxy(
  name: string,
  resourceGuardResourceId: pulumi.Input<string>,
  { names, options }: InVault,
): void {
  new dataprotection.DppResourceGuardProxy(
    `${name}-resource-guard-proxy`,
    {
      ...names,
      resourceGuardProxyName: "DppResourceGuardProxy",
      properties: { resourceGuardResourceId },
    },
    options,
  );
}

function createPolicies<PolicyName extends string>(
  name: string,
  policies: Record<PolicyName, Policy>,
  { names, options }: InVault,
): Record<PolicyName, pulumi.Output<string>> {
  const ids = Object.entries<Policy>(policies).map(([policyName, policy]) => {
    const { properties } = policy;
    const policyArgs = { ...names, backupPolicyName: policyNameOf(policyName, policy), properties };
    // azure-native deletes what it replaces first, unless it is told otherwise, and the service refuses that here.
    const policyOptions = { ...options, deleteBeforeReplace: false };
    return [
      policyName,
      new dataprotection.BackupPolicy(`${name}-${policyName}`, policyArgs, policyOptions).id,
    ];
  });
  return Object.fromEntries(ids) as Record<PolicyName, pulumi.Output<string>>;
}
