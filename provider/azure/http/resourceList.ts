import type { ArmSender } from "./armClient";
import type { Deadline } from "./deadline";
import { asArray, asRecord, text } from "../json";

/** A resource as Resource Manager lists it. */
export interface ListedResource {
  id: string;
  /** Without spaces and in small letters, as in `westeurope`; `undefined` for resources that have none. */
  location: string | undefined;
}

/** Which resources are listed: all of the scope, or those with a tag. */
export interface ResourceScope {
  subscriptionId: string;
  resourceGroupName?: string;
  /** Resource Manager compares names of tags without regard to case, and values with it. */
  tag?: { name: string; value?: string };
}

const apiVersion = "2021-04-01";

/**
 * Lists resources, all pages of it. Resource Manager shows those only that the caller may read, without a word about others.
 *
 * @throws what {@link ArmSender.send} throws.
 */
export async function listResources(
  client: ArmSender,
  { subscriptionId, resourceGroupName, tag }: ResourceScope,
  deadline: Deadline,
): Promise<ListedResource[]> {
  const group = resourceGroupName === undefined ? "" : `/resourceGroups/${resourceGroupName}`;
  const filter = tag === undefined ? "" : `?$filter=${encodeURIComponent(filterBy(tag))}`;
  const found: ListedResource[] = [];
  let next: string | undefined = `/subscriptions/${subscriptionId}${group}/resources${filter}`;
  while (next !== undefined) {
    const { body } = await client.send({ method: "GET", target: next, apiVersion }, deadline);
    const page = asRecord(body);
    found.push(...asArray(page.value).flatMap((item) => listed(asRecord(item))));
    next = text(page.nextLink);
  }
  return found;
}

/** A tag cannot be combined with another criterion (azure-rest-api-specs#21324). */
function filterBy({ name, value }: NonNullable<ResourceScope["tag"]>): string {
  const quoted = (words: string): string => `'${words.replaceAll("'", "''")}'`;
  const byName = `tagName eq ${quoted(name)}`;
  return value === undefined ? byName : `${byName} and tagValue eq ${quoted(value)}`;
}

/** Nobody can refer to what has no id. */
function listed({ id, location }: Record<string, unknown>): ListedResource[] {
  const known = text(id);
  return known === undefined
    ? []
    : [{ id: known, location: text(location)?.replaceAll(" ", "").toLowerCase() }];
}
