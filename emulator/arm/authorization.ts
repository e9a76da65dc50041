import type { Cloud } from "../cloud";
import type { Call } from "../message";
import { gives, roleOfGuid, roleOfName } from "./builtInRoles";
import { ArmError } from "./errors";
import { isWithin, nameOf } from "./resourceId";

/** What a request does, as roles name it, and to what. */
interface Access {
  action: string;
  scope: string;
}

/** Lists that show each caller what it may read. */
const filteredLists = /^\/subscriptions\/[^/]+(\/resourceGroups|\/resources)?$/i;

/**
 * Throws when no role of the caller gives what the request does. URLs of operations that carry a signature prove by it
 * that they were handed out; that no role is asked for then is assumed.
 */
export function checkAuthorized(cloud: Cloud, call: Call): void {
  const access = accessOf(call);
  if (
    !access ||
    isOfTenant(access) ||
    isSignedOperation(call) ||
    mayList(cloud, call) ||
    isAllowed(cloud, call, access)
  ) {
    return;
  }
  throw new ArmError(
    403,
    "AuthorizationFailed",
    `The client '${call.principalId}' with object id '${call.principalId}' does not have authorization to perform action ` +
      `'${access.action}' over scope '${access.scope}' or the scope is invalid. If access was recently granted, ` +
      "please refresh your credentials.",
    { "x-ms-failure-cause": "gateway" },
  );
}

/** What is asked of no scope at all, as queries of Resource Graph are, shows each caller what it may read. */
function isOfTenant({ scope }: Access): boolean {
  return scope === "";
}

function isSignedOperation({ path, query }: Call): boolean {
  return query.has("s") && /\/operation(Status|Results)\/[^/]+$/i.test(path);
}

function mayList(cloud: Cloud, { method, path, principalId }: Call): boolean {
  const subscriptionId = /^\/subscriptions\/[^/]+/i.exec(path)?.[0] ?? "";
  return method === "GET" && filteredLists.test(path) && hasRoleIn(cloud, principalId, subscriptionId);
}

/** Whether the principal has any role on the scope, above it or below it. */
export function hasRoleIn(cloud: Cloud, principalId: string, scope: string): boolean {
  return grantsOf(cloud, principalId).some(
    ({ scopeId }) => isWithin(scope, scopeId) || isWithin(scopeId, scope),
  );
}

/** Whether a role of the principal, on the scope or above it, gives the action. */
export function isAllowed(
  cloud: Cloud,
  { principalId }: Pick<Call, "principalId">,
  { action, scope }: Access,
): boolean {
  return grantsOf(cloud, principalId).some(
    ({ role, scopeId }) => isWithin(scope, scopeId) && role !== undefined && gives(role, action),
  );
}

function grantsOf(
  cloud: Cloud,
  principalId: string,
): { role: ReturnType<typeof roleOfName>; scopeId: string }[] {
  const assigned = cloud.roleAssignments
    .all()
    .filter(
      (one) =>
        one.principalId.toLowerCase() === principalId.toLowerCase() &&
        one.createdAt + cloud.pace.inMs("rolePropagation") <= cloud.now(),
    )
    .map(({ roleDefinitionId, scope }) => ({ role: roleOfGuid(nameOf(roleDefinitionId)), scopeId: scope }));
  const given = cloud.callers.get(principalId)?.roles ?? [];
  return [...given.map(({ role, scopeId }) => ({ role: roleOfName(role), scopeId })), ...assigned];
}

/** What anybody may ask, and is answered as far as the caller may read. */
const openQueries = /^\/providers\/Microsoft\.ResourceGraph\//i;

/** The action of a request and its scope; a list's is what it lists in. Nothing where no role is asked for. */
export function accessOf({ method, path }: Pick<Call, "method" | "path">): Access | undefined {
  if (openQueries.test(path)) {
    return undefined;
  }
  return ofResource(method, path) ?? ofGroup(method, path) ?? ofSubscription(method, path);
}

function ofResource(method: string, path: string): Access | undefined {
  const start = path.toLowerCase().lastIndexOf("/providers/");
  const [namespace, ...names] = start < 0 ? [] : path.slice(start + "/providers/".length).split("/");
  if (namespace === undefined || names.length === 0) {
    return undefined;
  }
  const isAction = method === "POST";
  const types = names.filter((_, index) => index % 2 === 0 && !(isAction && index === names.length - 1));
  const isUnnamed = names.length % 2 === 1;
  const scope = isUnnamed ? path.slice(0, path.lastIndexOf("/")) : path;
  const isRegistration = isAction && names.length === 1;
  return {
    action: [namespace, ...types, isAction ? `${names.at(-1)}/action` : verbOf(method)].join("/"),
    scope: isRegistration ? path.slice(0, start) : scope,
  };
}

function ofGroup(method: string, path: string): Access | undefined {
  const [, groupId, rest] =
    /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+)(\/resources)?$/i.exec(path) ?? [];
  const type = `Microsoft.Resources/subscriptions/resourceGroups${rest ? "/resources" : ""}`;
  return groupId ? { action: `${type}/${verbOf(method)}`, scope: groupId } : undefined;
}

function ofSubscription(method: string, path: string): Access | undefined {
  const [, subscription, type] = /^(\/subscriptions\/[^/]+)(?:\/([a-z]+))?(?:\/[^/]+)?$/i.exec(path) ?? [];
  return !subscription || type?.toLowerCase() === "operationresults"
    ? undefined
    : {
        action: ["Microsoft.Resources/subscriptions", ...(type ? [type] : []), verbOf(method)].join("/"),
        scope: subscription,
      };
}

function verbOf(method: string): "read" | "write" | "delete" {
  return method === "GET" || method === "HEAD" ? "read" : method === "DELETE" ? "delete" : "write";
}
