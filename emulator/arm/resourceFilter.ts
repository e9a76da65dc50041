import { badRequest } from "./errors";

/** A resource as Resource Manager lists it. */
export interface TrackedResource {
  id: string;
  name: string;
  type: string;
  location: string;
  tags?: Record<string, string>;
  kind?: unknown;
  sku?: unknown;
  identity?: unknown;
}

export interface ResourceFilter {
  matches: (resource: TrackedResource) => boolean;
  /** The answer to a filter by tags shows no tags (Microsoft's reference of Resources - List). */
  hidesTags: boolean;
}

const text = "'((?:[^']|'')*)'";
const byTag = new RegExp(`^tagName eq ${text}(?: and tagValue eq ${text})?$`, "i");
const byProperty = new RegExp(`^(resourceType|location|name|resourceGroup) (eq|ne) ${text}$`, "i");

/**
 * The filters of Resources - List, as far as they are supported here: one tag, or one property. The Azure CLI sends an
 * empty one where it wants none. Others are refused as the service refuses what it does not combine, a tag with a resource type above all (azure-sdk-for-net issue 2757,
 * azure-rest-api-specs issue 21324).
 */
export function parseResourceFilter(filter: string | null): ResourceFilter {
  if (!filter?.trim()) {
    return { matches: () => true, hidesTags: false };
  }
  const tag = byTag.exec(filter.trim());
  if (tag) {
    const [, name = "", value] = tag;
    return { matches: ({ tags }) => hasTag(tags, unquoted(name), value && unquoted(value)), hidesTags: true };
  }
  const [, property = "", operator = "", wanted = ""] = byProperty.exec(filter.trim()) ?? [];
  if (property === "") {
    throw badRequest(
      "InvalidFilterInQueryString",
      `Invalid $filter '${filter}' specified in the query string.`,
    );
  }
  const isEqual = operator.toLowerCase() === "eq";
  return {
    matches: (resource) =>
      (valueOf(resource, property.toLowerCase()) === unquoted(wanted).toLowerCase()) === isEqual,
    hidesTags: false,
  };
}

function unquoted(quoted: string): string {
  return quoted.replaceAll("''", "'");
}

/** Names of tags are compared without regard to case, values are not. */
function hasTag(tags: Record<string, string> = {}, name: string, value: string | undefined): boolean {
  return Object.entries(tags).some(
    ([tagName, tagValue]) =>
      tagName.toLowerCase() === name.toLowerCase() && (value === undefined || tagValue === value),
  );
}

function valueOf({ id, type, location, name }: TrackedResource, property: string): string | undefined {
  const values: Record<string, string | undefined> = {
    resourcetype: type,
    location,
    name,
    resourcegroup: id.split("/")[4],
  };
  return values[property]?.toLowerCase();
}
