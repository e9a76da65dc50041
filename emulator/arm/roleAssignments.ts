import { tenantId } from "../accounts";
import { toTimestamp } from "../clock";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { RoleAssignment } from "../records/governance";
import { builtInRoles, roleOfGuid } from "./builtInRoles";
import { ArmError, badRequest, conflict, resourceGroupNotFound } from "./errors";
import { checkSubscription } from "./gateway";
import { property, requireObject, textProperty } from "./requestBody";
import { isWithin, nameOf, sameId, subscriptionIdOf } from "./resourceId";

/** Whether the principal has the role on the resource or above it, and long enough that it counts at `at`. */
export function hasUsableRole(
  cloud: Cloud,
  principalId: string,
  role: keyof typeof builtInRoles,
  scope: string,
  at: number,
): boolean {
  return cloud.roleAssignments
    .all()
    .some(
      (assignment) =>
        assignment.principalId.toLowerCase() === principalId.toLowerCase() &&
        nameOf(assignment.roleDefinitionId).toLowerCase() === builtInRoles[role].guid &&
        isWithin(scope, assignment.scope) &&
        assignment.createdAt + cloud.pace.inMs("rolePropagation") <= at,
    );
}

const idFrom = ({ scope, name }: Record<string, string>): string =>
  `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;

export function putRoleAssignment(cloud: Cloud, call: Call): Answer {
  const scope = call.parameters["scope"]!;
  checkScope(cloud, scope);
  const asked = readAssignment(cloud, call);
  const existing = cloud.roleAssignments.get(asked.id);
  if (existing && !isSameGrant(existing, asked)) {
    throw badRequest(
      "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    );
  }
  if (existing) {
    return answer(200, render(existing));
  }
  const twin = cloud.roleAssignments.all().find((other) => isSameGrant(other, asked));
  if (twin) {
    throw conflict(
      "RoleAssignmentExists",
      `The role assignment already exists. The ID of the conflicting role assignment is ${twin.name.replace(/-/g, "")}.`,
    );
  }
  checkPrincipal(cloud, call, asked.principalId);
  cloud.roleAssignments.put(asked);
  return answer(201, render(asked));
}

function readAssignment(cloud: Cloud, call: Call): RoleAssignment {
  const properties = property(requireObject(call.body), "properties");
  const roleDefinitionId = textProperty(properties, "roleDefinitionId") ?? "";
  const principalId = textProperty(properties, "principalId") ?? "";
  const name = call.parameters["name"]!;
  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  if (!guid.test(name)) {
    throw badRequest(
      "InvalidRoleAssignmentId",
      `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
    );
  }
  if (!guid.test(principalId)) {
    throw badRequest("InvalidPrincipalId", `A valid principal ID must be provided for role assignment.`);
  }
  if (!roleOfGuid(nameOf(roleDefinitionId))) {
    const message = `The specified role definition with ID '${nameOf(roleDefinitionId).replace(/-/g, "")}' does not exist.`;
    throw badRequest("RoleDefinitionDoesNotExist", message);
  }
  return {
    id: idFrom(call.parameters),
    name,
    scope: call.parameters["scope"]! || "/",
    roleDefinitionId,
    principalId,
    principalType: textProperty(properties, "principalType") ?? "ServicePrincipal",
    createdAt: cloud.now(),
    createdBy: call.principalId,
    optional: {
      description: property(properties, "description") ?? null,
      condition: property(properties, "condition") ?? null,
      conditionVersion: property(properties, "conditionVersion") ?? null,
    },
  };
}

function isSameGrant(one: RoleAssignment, other: RoleAssignment): boolean {
  return (
    sameId(one.scope, other.scope) &&
    one.principalId.toLowerCase() === other.principalId.toLowerCase() &&
    nameOf(one.roleDefinitionId).toLowerCase() === nameOf(other.roleDefinitionId).toLowerCase()
  );
}

/** Without a principal type the directory is asked, and does not know those that were never created. */
function checkPrincipal(cloud: Cloud, call: Call, principalId: string): void {
  const principalType = textProperty(property(call.body, "properties"), "principalType");
  if (principalType === undefined && !cloud.principalIds.has(principalId.toLowerCase())) {
    throw badRequest(
      "PrincipalNotFound",
      `Principal ${principalId.replace(/-/g, "")} does not exist in the directory ${tenantId}. Check that you have ` +
        "the correct principal ID. If you are creating this principal and then immediately assigning a role, this " +
        "error might be related to a replication delay. In this case, set the role assignment principalType " +
        "property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype",
    );
  }
}

function checkScope(cloud: Cloud, scope: string): void {
  const subscriptionId = subscriptionIdOf(scope);
  if (subscriptionId !== undefined) {
    checkSubscription(cloud, subscriptionId);
  }
  const [groupId, , groupName] = /^(\/subscriptions\/[^/]+\/resourceGroups\/([^/]+))/i.exec(scope) ?? [];
  if (groupId && !cloud.resourceGroups.get(groupId)) {
    throw resourceGroupNotFound(groupName!);
  }
}

export function getRoleAssignment(cloud: Cloud, call: Call): Answer {
  const assignment = cloud.roleAssignments.get(idFrom(call.parameters));
  if (!assignment) {
    const message = `The role assignment '${call.parameters["name"]}' is not found.`;
    throw new ArmError(404, "RoleAssignmentNotFound", message);
  }
  return answer(200, render(assignment));
}

export function deleteRoleAssignment(cloud: Cloud, call: Call): Answer {
  const assignment = cloud.roleAssignments.get(idFrom(call.parameters));
  if (!assignment) {
    return answer(204);
  }
  cloud.roleAssignments.delete(assignment.id);
  return answer(200, render(assignment));
}

/** At the scope, above it and below it; `atScope()` leaves those below out, `principalId eq '...'` all but one's. */
export function listRoleAssignments(cloud: Cloud, call: Call): Answer {
  const scope = call.parameters["scope"]! || "/";
  checkScope(cloud, scope);
  const filter = call.query.get("$filter") ?? "";
  const principalId = /(?:principalId\s+eq\s+|assignedTo\()'([^']*)'/i.exec(filter)?.[1]?.toLowerCase();
  const value = cloud.roleAssignments
    .all()
    .filter(
      (assignment) =>
        isWithin(scope, assignment.scope) ||
        (!/atScope\(\)/i.test(filter) && isWithin(assignment.scope, scope)),
    )
    .filter((assignment) => !principalId || assignment.principalId.toLowerCase() === principalId)
    .map(render);
  return answer(200, { value });
}

function render(assignment: RoleAssignment): Record<string, unknown> {
  const createdOn = toTimestamp(assignment.createdAt);
  const { roleDefinitionId, principalId, principalType, scope, optional } = assignment;
  return {
    properties: {
      roleDefinitionId,
      principalId,
      principalType,
      scope,
      ...optional,
      createdOn,
      updatedOn: createdOn,
      createdBy: assignment.createdBy,
      updatedBy: assignment.createdBy,
      delegatedManagedIdentityResourceId: null,
    },
    id: assignment.id,
    type: "Microsoft.Authorization/roleAssignments",
    name: assignment.name,
  };
}
