import { RoleAssignment } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import { canonicalResourceId, parseResourceId } from "../provider/azure/resourceId";
import type { BackupRole } from "../provider/dataProtection/roles";
import { uuidOf } from "../provider/uuid";

/** What a role is assigned to whom, and where. */
export interface RoleGrant {
  role: BackupRole;
  /** ARM id of the resource or resource group. */
  scope: pulumi.Input<string>;
  principalId: pulumi.Input<string>;
}

/**
 * Assigns a role to a vault's identity. The assignment's name is a UUID made of scope, principal and role, so that the
 * same grant has the same name in every run and every stack.
 */
export function createRoleAssignment(
  name: string,
  { role, scope, principalId }: RoleGrant,
  parent: pulumi.Resource,
): RoleAssignment {
  const known = pulumi.all([scope, principalId]);
  return new RoleAssignment(
    name,
    {
      scope,
      principalId,
      // The SDK's default is "User"; without the right type a principal that is still replicating is refused.
      principalType: "ServicePrincipal",
      roleDefinitionId: pulumi.output(scope).apply((scopeId) => roleDefinitionIdOf(role, scopeId)),
      roleAssignmentName: known.apply(([scopeId, id]) =>
        uuidOf([canonicalResourceId(scopeId), id.toLowerCase(), role.roleDefinitionGuid].join("|")),
      ),
    },
    { parent },
  );
}

/** Resource Manager answers with the definition's id in the scope's subscription, so it is given like that. */
function roleDefinitionIdOf(role: BackupRole, scope: string): string {
  const subscriptionId = parseResourceId(scope)?.subscriptionId;
  if (subscriptionId === undefined) {
    throw new Error(
      `assigning the role ${role.name}: "${scope}" is not the ARM id of a resource or a resource group`,
    );
  }
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role.roleDefinitionGuid}`;
}
