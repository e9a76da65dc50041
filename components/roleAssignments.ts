import * as pulumi from "@pulumi/pulumi";
import { text } from "../provider/azure/json";
import { canonicalResourceId, parseResourceId } from "../provider/azure/resourceId";
import type { BackupInstanceArgs } from "../provider/resources/backupInstance";
import type { BackupRole } from "../provider/dataProtection/roles";
import { PrerequisiteResource } from "../provider/resources/prerequisiteResource";
import { uuidOf } from "../provider/azure/uuid";
import type { Vault } from "./vault/vaultReference";

/** Which role a vault needs, and where. */
export interface RoleGrant {
  role: BackupRole;
  /** ARM id of the resource or resource group. */
  scope: pulumi.Input<string>;
  vault: Vault;
  /** As of the instance that needs it. */
  onFailure?: BackupInstanceArgs["onFailure"];
}

/**
 * Assigns a role to a vault's identity. The assignment's name is a UUID made of scope, principal and role, so that all
 * components of all stacks that want the same grant mean one assignment, which goes with the last instance that needs it.
 * One that somebody else made under another name serves as well, and stays.
 */
export function assignRole(
  name: string,
  { role, scope, vault, onFailure }: RoleGrant,
  parent: pulumi.Resource,
): PrerequisiteResource {
  const { principalId } = vault;
  const known = pulumi.all([scope, principalId]);
  return new PrerequisiteResource(
    "roleAssignment",
    name,
    {
      // What is wrong with late values, `check` says on the row of the resource: an error thrown here would never be shown.
      resourceId: known.apply(([scopeId, id]) => roleAssignmentIdOf(role, text(scopeId), text(id))),
      hasDefaultName: true,
      properties: known.apply(([scopeId, id]) => ({
        roleDefinitionId: roleDefinitionIdOf(role, text(scopeId)),
        principalId: id,
        // Without the type, a principal that is still replicating is refused.
        principalType: "ServicePrincipal",
      })),
      ...(onFailure === undefined ? {} : { onFailure }),
      neededBy: { vaultId: vault.id, userAssignedIdentityId: vault.userAssignedIdentityId },
    },
    { parent },
  );
}

function roleAssignmentIdOf(role: BackupRole, scope = "", principalId = ""): string {
  const name = uuidOf(
    [canonicalResourceId(scope), principalId.toLowerCase(), role.roleDefinitionGuid].join("|"),
  );
  return `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
}

/** Resource Manager answers with the definition's id in the scope's subscription, so it is given like that. */
function roleDefinitionIdOf(role: BackupRole, scope = ""): string {
  const subscriptionId = parseResourceId(scope)?.subscriptionId ?? "";
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role.roleDefinitionGuid}`;
}
