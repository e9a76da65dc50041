import * as pulumi from "@pulumi/pulumi";
import { isSameResourceId } from "../../provider/azure/resourceId";
import type { InputProblem } from "../../provider/dataProtection/inputProblem";
import { asRecord, isObject, text } from "../../provider/azure/json";
import { idProblems } from "../argumentProblems";

/** The identities of a vault. */
export interface VaultIdentity {
  /** Principal id of the vault's own (system-assigned) identity; absent or empty where it has none. */
  principalId?: string;
  /** The user-assigned identities by their ARM ids. */
  userAssignedIdentities?: Record<string, { principalId: string }>;
}

/** A Backup vault of azure-native (`dataprotection.BackupVault`), or anything with the same outputs. */
export interface BackupVaultResource {
  /** ARM id of the vault. */
  id: pulumi.Output<string>;
  /** Region of the vault. */
  location: pulumi.Output<string>;
  /** The vault's identities. */
  identity: pulumi.Output<VaultIdentity | undefined>;
  /** The vault's tags, which resource groups that are made for its backups get, too. */
  tags?: pulumi.Output<Record<string, string> | undefined>;
}

/** A Backup vault that is not part of the program, or this package's `BackupVault`. */
export interface ExistingVault {
  /** ARM id of the vault. */
  id: pulumi.Input<string>;
  /** Principal (object) id of the identity that protects: the vault's own, or the user-assigned one. */
  principalId: pulumi.Input<string>;
  /**
   * ARM id of the user-assigned identity that `principalId` belongs to.
   *
   * @default `principalId` is that of the vault's own (system-assigned) identity
   */
  userAssignedIdentityId?: pulumi.Input<string>;
  /**
   * Region of the vault.
   *
   * @default asked from the service; a snapshot resource group that is created then takes `azure-native:location`
   */
  location?: pulumi.Input<string>;
  /**
   * Tags of resource groups that are made for its backups.
   *
   * @default none
   */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** A Backup vault: this package's component, azure-native's resource, or the ids of an existing one. */
export type VaultReference = BackupVaultResource | ExistingVault;

/** A vault in the one shape that the components work with. */
export interface Vault {
  id: pulumi.Input<string>;
  /** Principal id of the identity that protects. */
  principalId: pulumi.Output<string>;
  /** ARM id of that identity, unless it is the vault's own. */
  userAssignedIdentityId: pulumi.Input<string> | undefined;
  location: pulumi.Input<string> | undefined;
  tags: pulumi.Input<Record<string, pulumi.Input<string>> | undefined>;
}

/**
 * What is wrong with a reference to a vault, as far as the program can tell.
 *
 * @param assignsRoles - Whether it must be known to whom.
 */
export function vaultReferenceProblems(vault: unknown, assignsRoles: boolean): InputProblem[] {
  if (!isObject(vault)) {
    const reason = "is missing; give a vault, or { id, principalId } of one that exists";
    return [{ property: "vault", reason }];
  }
  const problems = idProblems("vault.id", vault.id, "Microsoft.DataProtection/backupVaults");
  if (vault.id === undefined) {
    problems.push({ property: "vault.id", reason: "is missing; give the ARM id of a Backup vault" });
  }
  if (assignsRoles && !vault.principalId && !("identity" in vault)) {
    const reason =
      "is missing; give the principal id of the vault's identity, which is to have its roles on the datasource";
    problems.push({ property: "vault.principalId", reason });
  }
  return problems;
}

/**
 * Brings a reference to a vault into one shape.
 *
 * @param userAssignedIdentityId - The user-assigned identity that is to protect, instead of the one that the reference names.
 */
export function normalizeVault(vault: VaultReference, userAssignedIdentityId?: pulumi.Input<string>): Vault {
  const { id, location, tags } = vault;
  if ("identity" in vault && (userAssignedIdentityId !== undefined || !("principalId" in vault))) {
    const principalId = principalIdIn(vault, userAssignedIdentityId);
    return { id, location, tags, principalId, userAssignedIdentityId };
  }
  const { principalId, userAssignedIdentityId: referenced } = vault as ExistingVault;
  return {
    id,
    location,
    tags,
    principalId: pulumi.output(principalId),
    userAssignedIdentityId: userAssignedIdentityId ?? referenced,
  };
}

/**
 * The principal id of one of a vault's identities; an empty text where the vault does not have it, and nothing where nothing
 * is known of its identities. `check` of what is made with that refuses it: an error thrown here would never be shown.
 *
 * @param userAssignedIdentityId - Which one; without it the vault's own.
 */
export function principalIdIn(
  { id, identity }: Pick<BackupVaultResource, "id" | "identity">,
  userAssignedIdentityId: pulumi.Input<string> | undefined,
): pulumi.Output<string> {
  // The id says whether the vault exists yet: in the preview that creates it, the identity may be shown as it is declared.
  const known = pulumi.all([identity, userAssignedIdentityId, id]);
  return known.apply(
    ([identities, asked]) =>
      // Nothing is known of a vault that an update leaves out, and that is another thing than a vault without an identity.
      (isObject(identities)
        ? ((asked === undefined ? identities.principalId : userAssigned(identities, asked)) ?? "")
        : undefined) as string,
  );
}

/** The service spells the ids of the identities in its own way in places. */
function userAssigned(identity: VaultIdentity | undefined, asked: string): string | undefined {
  const entries = Object.entries(identity?.userAssignedIdentities ?? {});
  const found = entries.find(([id]) => isSameResourceId(id, String(asked)));
  return found === undefined ? undefined : text(asRecord(found[1]).principalId);
}
