import type { ArmRequest, ArmSender } from "../azure/http/armClient";
import type { Deadline } from "../azure/http/deadline";
import { isNotFound } from "../azure/http/errors";
import type { Untrusted } from "../azure/json";
import { asArray, asRecord, text } from "../azure/json";
import type { AcceptedOperation } from "../azure/http/longRunning";
import { startOperation } from "../azure/http/longRunning";
import { canonicalResourceId, parseResourceId } from "../azure/resourceId";
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

/**
 * The id of an assignment of the same role to the same principal, whatever its name, at the same scope or above it, where it
 * serves as well; `undefined` when there is none, or none that may be read: a look that fails must not take the place of the
 * refusal that it is to explain.
 */
export async function findSameAssignment(
  client: ArmSender,
  { sort, resourceId, properties = {} }: PrerequisiteInputs,
  deadline: Deadline,
): Promise<string | undefined> {
  if (sort !== "roleAssignment") {
    return undefined;
  }
  const scope = scopeOf(resourceId);
  const filter = encodeURIComponent(`principalId eq '${String(properties.principalId)}'`);
  const target = `${scope}/providers/Microsoft.Authorization/roleAssignments?$filter=${filter}`;
  const { apiVersion } = kinds.roleAssignment;
  const same = await client.send({ method: "GET", target, apiVersion }, deadline).then(
    ({ body }) =>
      asArray(asRecord(body).value)
        .map(asRecord)
        .find(
          ({ id, properties: actual }) =>
            text(id) !== undefined && serves(asRecord(actual), scope, properties),
        ),
    () => undefined,
  );
  return text(same?.id);
}

function serves(actual: Untrusted, scope: string, declared: Untrusted): boolean {
  const [below, above] = [`${canonicalResourceId(scope)}/`, `${canonicalResourceId(String(actual.scope))}/`];
  return (
    below.startsWith(above) &&
    guidOf(actual.roleDefinitionId) === guidOf(declared.roleDefinitionId) &&
    guidOf(actual.principalId) === guidOf(declared.principalId) &&
    (actual.condition === undefined || actual.condition === null)
  );
}

/** The last part of an id, by which definitions of roles and principals compare. */
function guidOf(id: unknown): string | undefined {
  return String(id).split("/").at(-1)?.toLowerCase();
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
