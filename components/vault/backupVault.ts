import { getClientConfigOutput } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { PrerequisiteResource } from "../../provider/resources/prerequisiteResource";
import { longestResourceGroupName, longestVaultName } from "../../provider/dataProtection/resourceNames";
import { refuseProblems } from "../argumentProblems";
import type { BackupVaultArgs, DefaultPolicyName } from "./backupVaultArgs";
import { vaultDefaults, vaultIdentity, vaultProperties } from "./backupVaultProperties";
import { backupVaultProblems } from "./backupVaultRules";
import { defaultNameOf } from "../defaultNames";
import { declareVault } from "./declaredVaults";
import type { Policy } from "../policies/policyDocument";
import { policyNameOf } from "../policies/policyName";
import { defaultPolicies } from "../policies/presets";
import type { VaultIdentity } from "./vaultReference";
import { principalIdIn } from "./vaultReference";

/**
 * A Backup vault with its policies, safe by default: an identity of its own, geo-redundant, soft delete on, alerts for
 * failed jobs. What weakens it or cannot be undone is refused unless it is acknowledged.
 *
 * **Taking a stack down.** Soft-deleted backups hold their policy and their vault for days, and Azure refuses to delete
 * these. A `pulumi destroy` leaves them in Azure then, names them and the date from which nothing holds them any more, and
 * goes through. The next `pulumi up` of the stack takes over what was left and has the backups back. Azure keeps the
 * resource group, too: leave `resourceGroupName` out, and the group is left with the vault; the deletion of one that the
 * program declares itself is refused by Azure until the date.
 *
 * @example
 * ```ts
 * const vault = new BackupVault("backups", { policies: { nightly: diskPolicy({ every: "1 day", keep: "30 days" }) } });
 * new DiskBackup("data", { diskId: disk.id, vault, policy: "nightly" });
 * ```
 */
export class BackupVault<PolicyName extends string = DefaultPolicyName> extends pulumi.ComponentResource {
  /** ARM id of the vault. Known in previews. */
  readonly id: pulumi.Output<string>;
  /** Name of the vault. */
  readonly name: pulumi.Output<string>;
  /** Region of the vault. */
  readonly location: pulumi.Output<string>;
  /** The declared tags, which resource groups that are made for its backups get, too. */
  readonly tags: pulumi.Output<Record<string, string> | undefined>;
  /** Name of the vault's resource group. */
  readonly resourceGroupName: pulumi.Output<string>;
  /** The vault's identities, as azure-native's resource shows them. */
  readonly identity: pulumi.Output<VaultIdentity | undefined>;
  /**
   * ARM id of the user-assigned identity that backups use unless they name another: the first one of a vault that has no
   * identity of its own; `undefined` otherwise.
   */
  readonly userAssignedIdentityId: pulumi.Input<string> | undefined;
  /** Principal (object) id of the identity that backups use unless they name another. */
  readonly principalId: pulumi.Output<string>;
  /** The policies, by the names under which they were declared. */
  readonly policies: Readonly<Record<PolicyName, Policy>>;
  /** ARM ids of the policies, by the names under which they were declared. Known in previews. */
  readonly policyIds: Readonly<Record<PolicyName, pulumi.Output<string>>>;

  /**
   * @param name - Logical name; the names of the children start with it.
   * @param opts - Pulumi's options. Under an azure-native `provider`, its own or a parent's, everything signs in as that does.
   *   The vault is in that provider's subscription.
   * @throws an `Error` that lists all that is wrong with the arguments, before any request.
   */
  constructor(name: string, args: BackupVaultArgs<PolicyName> = {}, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems(`BackupVault "${name}"`, backupVaultProblems(name, args));
    super("azure-dataprotection:index:BackupVault", name, {}, opts);
    const { subscriptionId } = getClientConfigOutput({ parent: this });
    const declaredNames = declareVault(name);
    // Told once something is known that was asked for, when the program has declared the others, too.
    const vaultNames = subscriptionId.apply(() => [...declaredNames]);
    const group =
      args.resourceGroupName === undefined
        ? createResourceGroup(name, subscriptionId, { ...args, vaultNames }, this)
        : undefined;
    const groupId = group?.id ?? resourceGroupIdOf(subscriptionId, args.resourceGroupName);
    const resourceId = vaultIdIn(groupId, name, args);
    const vault = new PrerequisiteResource(
      "backupVault",
      `${name}-vault`,
      {
        resourceId,
        hasDefaultName: args.vaultName === undefined,
        vaultNames,
        location: args.location,
        identity: vaultIdentity(args),
        properties: vaultProperties(args),
        defaults: vaultDefaults(args),
        tags: args.tags,
        neededBy: { vaultId: resourceId },
      },
      { parent: this, dependsOn: group },
    );
    // Azure deletes what is in a vault with the vault, and what a vault is left for needs its policies.
    const inVault: pulumi.CustomResourceOptions = { parent: this, dependsOn: vault, deletedWith: vault };
    if (args.resourceGuardId !== undefined) {
      bindToResourceGuard(name, vault.id, args.resourceGuardId, inVault);
    }
    this.id = vault.id;
    this.name = nameIn(vault.id);
    this.resourceGroupName = nameIn(groupId);
    this.location = vault.location;
    this.tags = pulumi.output(args.tags);
    this.identity = vault.principals;
    const hasOwnIdentity = args.identity?.systemAssigned ?? true;
    this.userAssignedIdentityId = hasOwnIdentity ? undefined : args.identity?.userAssignedIdentityIds?.[0];
    this.principalId = principalIdIn(this, this.userAssignedIdentityId);
    this.policies =
      args.policies ?? (defaultPolicies as Record<string, Policy> as Record<PolicyName, Policy>);
    this.policyIds = createPolicies(name, vault.id, this.policies, inVault);
    this.registerOutputs({ id: this.id, principalId: this.principalId, policyIds: this.policyIds });
  }
}

function createResourceGroup(
  name: string,
  subscriptionId: pulumi.Output<string>,
  args: BackupVaultArgs & { vaultNames: pulumi.Output<string[]> },
  parent: pulumi.Resource,
): PrerequisiteResource {
  const { location, tags, vaultName, vaultNames } = args;
  const resourceId = resourceGroupIdOf(subscriptionId, defaultNameOf(name, longestResourceGroupName));
  // The vault's own id follows from that of the group, which comes first.
  const neededBy = { vaultId: vaultIdIn(resourceId, name, args), hasDefaultName: vaultName === undefined };
  const group = { resourceId, hasDefaultName: true, vaultNames, location, tags, neededBy };
  return new PrerequisiteResource("resourceGroup", `${name}-group`, group, { parent });
}

function resourceGroupIdOf(
  subscriptionId: pulumi.Output<string>,
  resourceGroupName: pulumi.Input<string> | undefined,
): pulumi.Output<string> {
  return pulumi.interpolate`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
}

function vaultIdIn(
  groupId: pulumi.Output<string>,
  name: string,
  { vaultName = defaultNameOf(name, longestVaultName) }: BackupVaultArgs,
): pulumi.Output<string> {
  return pulumi.interpolate`${groupId}/providers/Microsoft.DataProtection/backupVaults/${vaultName}`;
}

/** The name at the end of an id. */
function nameIn(resourceId: pulumi.Output<string>): pulumi.Output<string> {
  return resourceId.apply((id) => id.replace(/^.*\//, ""));
}

/** The service knows the binding by this one name only. */
function bindToResourceGuard(
  name: string,
  vaultId: pulumi.Output<string>,
  resourceGuardResourceId: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): void {
  const resourceId = pulumi.interpolate`${vaultId}/backupResourceGuardProxies/DppResourceGuardProxy`;
  const args = { resourceId, properties: { resourceGuardResourceId } };
  new PrerequisiteResource("resourceGuardProxy", `${name}-resource-guard-proxy`, args, options);
}

function createPolicies<PolicyName extends string>(
  name: string,
  vaultId: pulumi.Output<string>,
  policies: Readonly<Record<PolicyName, Policy>>,
  options: pulumi.CustomResourceOptions,
): Record<PolicyName, pulumi.Output<string>> {
  const ids = Object.entries<Policy>(policies).map(([policyName, policy]) => {
    const nameInVault = policyNameOf(policyName, policy);
    const args = {
      resourceId: pulumi.interpolate`${vaultId}/backupPolicies/${nameInVault}`,
      properties: policy.properties,
      neededBy: { vaultId },
    };
    return [policyName, new PrerequisiteResource("backupPolicy", `${name}-${policyName}`, args, options).id];
  });
  return Object.fromEntries(ids) as Record<PolicyName, pulumi.Output<string>>;
}
