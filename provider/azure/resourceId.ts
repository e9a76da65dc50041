/** The parts of a Resource Manager id, in the casing in which they were written. */
export interface ResourceId {
  subscriptionId: string;
  resourceGroupName: string;
  /** Namespace and types, as in `Microsoft.Compute/disks`; `undefined` for a resource group. */
  type: string | undefined;
  /** The resource's own name, the last segment. */
  name: string;
}

/** The word for a resource group where a resource type is expected: its ids name none. */
export const resourceGroupType = "resource group";

const resourceIdPattern =
  /^\/subscriptions\/([^/?#%\s]+)\/resourceGroups\/([^/?#%\s]+)(?:\/providers\/([^/?#%\s]+)((?:\/[^/?#%\s]+\/[^/?#%\s]+)+))?$/i;

/**
 * Reads the id of a resource group or of a resource in one; `undefined` when the text is not such an id.
 * Casing is free, as in Resource Manager itself.
 *
 * @example
 * parseResourceId("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/disks/data")?.type; // "Microsoft.Compute/disks"
 */
export function parseResourceId(text: string): ResourceId | undefined {
  const [, subscriptionId, resourceGroupName, namespace, path] = resourceIdPattern.exec(text) ?? [];
  if (subscriptionId === undefined || resourceGroupName === undefined) {
    return undefined;
  }
  if (namespace === undefined || path === undefined) {
    return { subscriptionId, resourceGroupName, type: undefined, name: resourceGroupName };
  }
  const segments = path.split("/").slice(1);
  const types = segments.filter((_, index) => index % 2 === 0);
  return {
    subscriptionId,
    resourceGroupName,
    type: [namespace, ...types].join("/"),
    name: segments.at(-1) ?? "",
  };
}

/** Whether two ids mean the same resource: Resource Manager compares them without regard to case. */
export function isSameResourceId(one: string, other: string): boolean {
  return canonicalResourceId(one) === canonicalResourceId(other);
}

/** One spelling for all spellings of an id, to compare and to key by; not for showing and not for sending. */
export function canonicalResourceId(id: string): string {
  return id.toLowerCase().replace(/\/+$/, "");
}
