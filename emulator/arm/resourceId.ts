/** A resource group's id from a route's `subscriptionId` and `resourceGroupName`. */
export function resourceGroupIdOf(parameters: Record<string, string>): string {
  return `/subscriptions/${parameters["subscriptionId"]}/resourceGroups/${parameters["resourceGroupName"]}`;
}

/** The id of a top-level resource, such as `Microsoft.Compute/disks` with the route's parameter `name`. */
export function resourceIdOf(parameters: Record<string, string>, type: string, name: string): string {
  return `${resourceGroupIdOf(parameters)}/providers/${type}/${name}`;
}

export function sameId(one: string, other: string): boolean {
  return one.replace(/\/+$/, "").toLowerCase() === other.replace(/\/+$/, "").toLowerCase();
}

/** Whether `id` is `scope` or lies below it; the empty scope holds everything. */
export function isWithin(id: string, scope: string): boolean {
  return (
    sameId(id, scope) || `${id.toLowerCase()}/`.startsWith(`${scope.replace(/\/+$/, "").toLowerCase()}/`)
  );
}

export function subscriptionIdOf(id: string): string | undefined {
  return /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase();
}

export function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** `/subscriptions/s/resourceGroups/g` and nothing after it. */
export function isResourceGroupId(id: string): boolean {
  return /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/?$/i.test(id);
}

/** `West Europe` and `westeurope` are the same region. */
export function normaliseLocation(location: string): string {
  return location.replace(/\s+/g, "").toLowerCase();
}
