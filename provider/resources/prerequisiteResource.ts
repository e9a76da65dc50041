import * as pulumi from "@pulumi/pulumi";
import type { PrerequisiteKind } from "../prerequisites/inputs";
import type { OnFailure } from "../lifecycle/reportedFailure";
import { ownUrn } from "./ownUrn";
import { signedIn } from "./signIn";
import { prerequisiteText } from "./providerText";

/** The identities of a vault, as the service shows them. */
export interface Principals {
  principalId?: string;
  userAssignedIdentities?: Record<string, { principalId: string }>;
}

/** The last parts of the type tokens. Never to be changed: they live in the states of all users. */
const typeNames: Record<PrerequisiteKind, string> = {
  resourceGroup: "ResourceGroup",
  backupVault: "BackupVault",
  resourceGuardProxy: "ResourceGuardProxy",
  backupPolicy: "BackupPolicy",
  roleAssignment: "RoleAssignment",
};

/** What is declared of a resource, as `prerequisites/inputs.ts` says it. */
export interface PrerequisiteArgs {
  resourceId: pulumi.Input<string>;
  hasDefaultName?: boolean;
  snapshotsOf?: pulumi.Input<pulumi.Input<string>[]>;
  vaultNames?: pulumi.Input<string[]>;
  location?: pulumi.Input<string>;
  identity?: pulumi.Input<object>;
  properties?: pulumi.Input<object>;
  defaults?: pulumi.Input<object>;
  tags?: pulumi.Input<Record<string, pulumi.Input<string>> | undefined>;
  onFailure?: pulumi.Input<OnFailure>;
  neededBy?: {
    vaultId: pulumi.Input<string>;
    hasDefaultName?: boolean;
    userAssignedIdentityId?: pulumi.Input<string>;
  };
}

/**
 * Something that protection rests on, made by a component: a resource group, a vault, a policy, a role assignment. Other
 * than azure-native's resources it takes over what this stack made before and is still there, it knows its id in previews,
 * and it is left in Azure while backup instances need it.
 */
export class PrerequisiteResource extends pulumi.CustomResource {
  /** ARM id: the declared one, or the one that state holds where the name is a default. Known in previews. */
  declare readonly id: pulumi.Output<pulumi.ID>;
  /** Region, of kinds that have one. */
  declare readonly location: pulumi.Output<string>;
  /** The identities of a vault. */
  declare readonly principals: pulumi.Output<Principals | undefined>;
  /** Why it could not be made or changed, with `onFailure: "report"`; `undefined` when it could. */
  declare readonly failure: pulumi.Output<string | undefined>;

  constructor(
    sort: PrerequisiteKind,
    name: string,
    args: PrerequisiteArgs,
    opts?: pulumi.CustomResourceOptions,
  ) {
    const type = `pulumi-nodejs:dynamic/azure-dataprotection:${typeNames[sort]}`;
    const hostInputs = {
      // The host tells a provider nothing about its resource.
      resourceUrn: ownUrn(name, type, opts?.parent),
      __provider: prerequisiteText,
    };
    const undeclared = {
      location: undefined,
      principals: undefined,
      servedBy: undefined,
      failure: undefined,
    };
    super(type, name, { ...undeclared, sort, ...args, ...hostInputs }, signedIn(name, opts));
    // The engine learns an id from create, which it does not preview for dynamic resources; `check` knows it before.
    this.id = (this as unknown as { resourceId: pulumi.Output<pulumi.ID> }).resourceId;
  }
}
