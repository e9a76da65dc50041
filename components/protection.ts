import type * as pulumi from "@pulumi/pulumi";
import type {
  BackupInstanceArgs,
  BlobDatasourceArgs,
  DiskDatasourceArgs,
} from "../provider/resources/backupInstance";
import { BackupInstance } from "../provider/resources/backupInstance";
import type { InputProblem } from "../provider/dataProtection/inputProblem";
import { idProblems, unknownProperties } from "./argumentProblems";
import type { Needed } from "./failureOf";
import { failureOf } from "./failureOf";
import type { Policy, PolicyKind } from "./policies/policyDocument";
import type { VaultReference } from "./vault/vaultReference";
import { vaultReferenceProblems } from "./vault/vaultReference";

/**
 * What every component that protects a datasource is declared with: all of {@link BackupInstanceArgs} but vault, policy and
 * datasource, which each component takes in a form of its own.
 */
export interface ProtectionArgs<Kind extends PolicyKind = PolicyKind> extends Omit<
  BackupInstanceArgs,
  "vaultId" | "policyId" | "datasource"
> {
  /** The Backup vault, in the datasource's region: this package's or azure-native's, or the ids of an existing one. */
  vault: VaultReference;
  /**
   * The policy: the name of one of the vault's (of this package's `BackupVault`), a policy as a value, such as a preset,
   * which is then created in the vault, or the ARM id of one that exists. Changed in place.
   *
   * @default the one policy of this package's `BackupVault` that fits
   */
  policy?: Policy<Kind> | pulumi.Input<string>;
  /**
   * Whether the vault's identity is given its roles, or has them already: then nobody needs the right to assign any.
   *
   * @default "create"
   */
  roles?: "create" | "existing";
}

const protectionProperties = [
  "vault",
  "policy",
  "roles",
  "name",
  "friendlyName",
  "userAssignedIdentityId",
  "timeouts",
  "onDelete",
  "onFailure",
  "recoverSoftDeleted",
  "healDrift",
  "validateOnPreview",
  "takeOverFrom",
] satisfies (keyof ProtectionArgs)[];

/**
 * What is wrong with the arguments that all such components have.
 *
 * @param lacking - Those of them that this component does not have.
 */
export function protectionProblems(
  what: string,
  ownProperties: readonly string[],
  args: ProtectionArgs,
  lacking: readonly (keyof ProtectionArgs)[] = [],
): InputProblem[] {
  const shared = protectionProperties.filter((property) => !lacking.includes(property));
  const problems = [
    ...unknownProperties(what, [...ownProperties, ...shared], args),
    ...vaultReferenceProblems(args.vault, args.roles !== "existing"),
    ...identityProblems(args),
  ];
  if (args.roles !== undefined && args.roles !== "create" && args.roles !== "existing") {
    const reason = `${JSON.stringify(args.roles)} is neither "create" nor "existing"`;
    problems.push({ property: "roles", reason });
  }
  return problems;
}

/** A user-assigned identity that is none. */
export function identityProblems({
  userAssignedIdentityId: id,
}: Pick<ProtectionArgs, "userAssignedIdentityId">): InputProblem[] {
  return idProblems("userAssignedIdentityId", id, "Microsoft.ManagedIdentity/userAssignedIdentities");
}

/** What a component adds to its arguments to make them those of the instance. */
export interface InstanceParts {
  vaultId: pulumi.Input<string>;
  policyId: pulumi.Input<string>;
  userAssignedIdentityId: pulumi.Input<string> | undefined;
  datasource: pulumi.Input<DiskDatasourceArgs | BlobDatasourceArgs>;
  /** What must be there before the datasource can be protected: roles of the vault's identity, policy, snapshot group. */
  needs: (pulumi.Resource & Needed)[];
}

/** Declares the instance of a component. */
export function createInstance(
  name: string,
  { vault: _vault, policy: _policy, roles: _roles, ...options }: ProtectionArgs,
  { needs, ...parts }: InstanceParts,
  parent: pulumi.Resource,
): BackupInstance {
  // What fails and is reported only does not keep the engine from the instance, which would wait for it in vain.
  const rolesFailure = options.onFailure === undefined ? {} : { rolesFailure: failureOf(needs) };
  const args = { ...options, ...parts, ...rolesFailure };
  return new BackupInstance(`${name}-instance`, args, { parent, dependsOn: needs });
}
