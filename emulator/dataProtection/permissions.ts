import { hasUsableRole } from "../arm/roleAssignments";
import type { Cloud } from "../cloud";
import type { BackupVault } from "../records/vault";
import { kindOf } from "./datasources";
import type { InstanceSpec } from "./instanceSpec";
import type { RequiredRole } from "./requiredRole";
import { userError } from "./userErrors";
import type { UserFacingError } from "./userErrors";
import { principalIdFor } from "./vaultIdentity";

const noPrincipal = "00000000-0000-0000-0000-000000000000";

/**
 * What the service says when the vault's identity lacks a role that counts at `at` (seeds). For the snapshot group's
 * role the same action is assumed, on the group.
 */
export function findMissingPermission(
  cloud: Cloud,
  vault: BackupVault,
  spec: InstanceSpec,
  at: number,
): UserFacingError | undefined {
  const required = kindOf(spec)?.requiredRoles(spec) ?? [];
  return findMissingRole(cloud, principalIdFor(vault.identity, spec), required, at);
}

/** The same about any roles of a principal, which may be none. */
export function findMissingRole(
  cloud: Cloud,
  principalId: string | undefined,
  required: readonly RequiredRole[],
  at: number,
): UserFacingError | undefined {
  const missing = required.find(
    ({ role, scope }) => !principalId || !hasUsableRole(cloud, principalId, role, scope, at),
  );
  return missing && missingPermission(missing.scope, principalId);
}

/** The sentence of the seeds, about a principal and a scope. */
export function missingPermission(scope: string, principalId = noPrincipal): UserFacingError {
  return userError(
    "UserErrorMissingRequiredPermissions",
    "Appropriate permissions to perform the operation is missing.",
    "Grant appropriate permissions to perform this operation as mentioned at " +
      "https://aka.ms/UserErrorMissingRequiredPermissions and retry the operation.",
    `Validate for Protection failed. Exception Message: The client '${principalId}' with object id '${principalId}' ` +
      "does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/read' over scope " +
      `'${scope}/providers/Microsoft.Authorization' or the scope is invalid. If access was recently ` +
      "granted, please refresh your credentials.",
  );
}
