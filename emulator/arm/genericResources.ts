import type { Cloud } from "../cloud";
import { absoluteUrl, answer } from "../message";
import type { Answer, Call } from "../message";
import { isAllowed } from "./authorization";
import { badRequest } from "./errors";
import { resourceGroupIdOf } from "./resourceId";
import { parseResourceFilter } from "./resourceFilter";
import type { TrackedResource } from "./resourceFilter";

/** All resources in the group; azurerm looks here before it deletes the group. */
export function listResourcesInGroup(cloud: Cloud, call: Call): Answer {
  return list(trackedBelow(cloud, call, resourceGroupIdOf(call.parameters)), call);
}

export function listResourcesInSubscription(cloud: Cloud, call: Call): Answer {
  return list(trackedBelow(cloud, call, `/subscriptions/${call.parameters["subscriptionId"]}`), call);
}

/**
 * What is created in a group by itself, as far as the caller may read it; policies, containers and the like are parts of such
 * resources.
 */
export function trackedBelow(cloud: Cloud, call: Call, scopeId: string): TrackedResource[] {
  const tracked = [
    ...cloud.disks.below(scopeId),
    ...cloud.storageAccounts.below(scopeId),
    ...cloud.userAssignedIdentities.below(scopeId),
    ...cloud.vaults.below(scopeId),
    ...cloud.resourceGuards.below(scopeId),
  ];
  return tracked.filter(({ id, type }) => isAllowed(cloud, call, { action: `${type}/read`, scope: id }));
}

/** What Resource Manager itself knows of a resource, without its properties; no tags where they were filtered by. */
const shownProperties = ["id", "name", "type", "kind", "location", "sku", "identity", "tags"] as const;

const largestPage = 1_000;

function list(resources: TrackedResource[], call: Call): Answer {
  const filter = parseResourceFilter(call.query.get("$filter"));
  const found = resources.filter(filter.matches);
  const start = Number(call.query.get("$skiptoken") ?? 0);
  const end = start + pageSizeOf(call);
  const value = found.slice(start, end).map((resource) => {
    const shown = shownProperties.filter((name) => name !== "tags" || !filter.hidesTags);
    return Object.fromEntries(
      shown.flatMap((name) => (resource[name] === undefined ? [] : [[name, resource[name]]])),
    );
  });
  return answer(200, { value, ...(end < found.length ? { nextLink: nextLink(call, end) } : {}) });
}

function pageSizeOf(call: Call): number {
  const top = call.query.get("$top");
  if (top !== null && !/^[1-9]\d*$/.test(top)) {
    throw badRequest("InvalidTopInQueryString", `Invalid $top '${top}' specified in the query string.`);
  }
  return Math.min(Number(top ?? largestPage), largestPage);
}

function nextLink(call: Call, skipToken: number): string {
  const query = new URLSearchParams(call.query);
  query.set("$skiptoken", String(skipToken));
  return absoluteUrl(call, call.path, query.toString());
}
