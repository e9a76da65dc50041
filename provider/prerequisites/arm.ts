import type { ArmRequest, ArmSender } from "../azure/http/armClient";
import type { Deadline } from "../azure/http/deadline";
import { ArmError, isNotFound } from "../azure/http/errors";
import { asArray, asRecord, text } from "../azure/json";
import type { AcceptedOperation } from "../azure/http/longRunning";
import { startOperation } from "../azure/http/longRunning";
import { isSameResourceId, parseResourceId } from "../azure/resourceId";
import type { GuardApproval } from "../dataProtection/resourceGuard";
import { requestsFor } from "../dataProtection/resourceGuard";
import { seenIn } from "../dataProtection/seen";
import type { PrerequisiteInputs } from "./inputs";
import { scopeOf, kinds } from "./kinds";
import type { LiveResource, WireResource } from "./wireResource";

type Named = Pick<PrerequisiteInputs, "sort" | "resourceId">;

/** The resource, or `undefined` when it, or what contains it, is not there. */
export async function findResource(
  client: ArmSender,
  { sort, resourceId }: Named,
  deadline: Deadline,
): Promise<LiveResource | undefined> {
  try {
    const { apiVersion } = kinds[sort];
    const { body, headers } = await client.send({ method: "GET", target: resourceId, apiVersion }, deadline);
    return seenIn(headers, asRecord(body));
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

export async function putResource(
  client: ArmSender,
  { sort, resourceId }: Named,
  { properties, ...body }: WireResource,
  deadline: Deadline,
  approval?: GuardApproval,
): Promise<AcceptedOperation> {
  const { apiVersion, mayCrossTenants } = kinds[sort];
  const request: ArmRequest = {
    method: "PUT",
    target: resourceId,
    apiVersion,
    body:
      properties === undefined ? body : { ...body, properties: { ...properties, ...requestsFor(approval) } },
    mayCrossTenants: mayCrossTenants || approval?.mayCrossTenants,
  };
  return startOperation(client, request, deadline);
}

export async function deleteResource(
  client: ArmSender,
  { sort, resourceId }: Named,
  deadline: Deadline,
): Promise<AcceptedOperation> {
  const { apiVersion } = kinds[sort];
  return startOperation(client, { method: "DELETE", target: resourceId, apiVersion }, deadline);
}

/** Whether the refusal says that somebody else has made the same role assignment, under a name of their own. */
export function isMadeElsewhere(error: unknown): boolean {
  return error instanceof ArmError && error.statusCode === 409 && error.body.code === "RoleAssignmentExists";
}

/** The id of the assignment of the same role to the same principal at the same scope, whatever its name. */
export async function findSameAssignment(
  client: ArmSender,
  { resourceId, properties = {} }: PrerequisiteInputs,
  deadline: Deadline,
): Promise<string | undefined> {
  const scope = scopeOf(resourceId);
  const filter = encodeURIComponent(`principalId eq '${String(properties.principalId)}'`);
  const target = `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=${filter}`;
  const { apiVersion } = kinds.roleAssignment;
  const { body } = await client.send({ method: "GET", target, apiVersion }, deadline);
  const same = asArray(asRecord(body).value)
    .map(asRecord)
    .find((assignment) => {
      const actual = asRecord(assignment.properties);
      return (
        isSameResourceId(String(actual.scope), scope) &&
        guidOf(actual.roleDefinitionId) === guidOf(properties.roleDefinitionId)
      );
    });
  return text(same?.id);
}

function guidOf(roleDefinitionId: unknown): string | undefined {
  return String(roleDefinitionId).split("/").at(-1)?.toLowerCase();
}

/** The region of the resource group that a resource is in. */
export async function locationOfGroup(
  client: ArmSender,
  resourceId: string,
  deadline: Deadline,
): Promise<string | undefined> {
  const { subscriptionId, resourceGroupName } = parseResourceId(resourceId) ?? {};
  const groupId = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}`;
  const group = await findResource(client, { sort: "resourceGroup", resourceId: groupId }, deadline);
  return group?.location;
}
