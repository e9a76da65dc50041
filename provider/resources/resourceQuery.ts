import { Deadline } from "../azure/http/deadline";
import { ArmError } from "../azure/http/errors";
import { openClient } from "../azure/account/openClient";
import { canonicalResourceId } from "../azure/resourceId";
import type { ListedResource } from "../azure/http/resourceList";
import { listResources } from "../azure/http/resourceList";
import { correlationIdOf } from "../azure/http/tracing";

/** What is looked for; each criterion narrows it. */
export interface ResourceQuery {
  tag?: { name: string; value?: string };
  resourceGroupName?: string;
  /** Without it the one that azure-native would use. */
  subscriptionIds?: readonly string[];
  /** In any casing, with or without spaces. */
  location?: string;
  mayBeEmpty?: boolean;
}

const limitInMs = 5 * 60_000;

/**
 * The ARM ids of the resources that a query finds, each once, in the order of their canonical spelling.
 *
 * @param config - Gives a value of the stack's configuration by its full key.
 * @throws an `Error` that says what to do, when the question could not be answered or nothing was found.
 */
export async function queryResources(
  config: (key: string) => string | undefined,
  query: ResourceQuery,
): Promise<string[]> {
  const { client, subscriptionId } = await openClient(config);
  const subscriptionIds = query.subscriptionIds ?? (subscriptionId === undefined ? [] : [subscriptionId]);
  if (subscriptionIds.length === 0) {
    throw new Error(
      `${describe(query)}: in which subscription? Give subscriptionIds, or set azure-native:subscriptionId`,
    );
  }
  const deadline = new Deadline(client.clock, limitInMs, "the limit of 5m for a query");
  const lists = await Promise.all(
    subscriptionIds.map(async (id) => {
      try {
        return await listResources(client, { ...query, subscriptionId: id }, deadline);
      } catch (error) {
        throw new Error(`${describe(query, [id])}: ${explain(error)}`, { cause: error });
      }
    }),
  );
  const found = inRegion(lists.flat(), query.location);
  if (found.length === 0 && query.mayBeEmpty !== true) {
    throw new Error(`${describe(query, subscriptionIds)}: ${whatNothingMeans}`);
  }
  const byId = new Map(found.map(({ id }) => [canonicalResourceId(id), id]));
  return [...byId.keys()].sort().map((canonicalId) => byId.get(canonicalId) ?? canonicalId);
}

const whatNothingMeans =
  "nothing was found, and an update without these resources would end their protection. Resource Manager shows an identity " +
  'only what it may read: check the query, and that the identity which is signed in has the role "Reader" there; declare ' +
  "mayBeEmpty: true if there may be none";

function inRegion(resources: ListedResource[], location: string | undefined): ListedResource[] {
  const wanted = location?.replaceAll(" ", "").toLowerCase();
  return resources.filter((resource) => wanted === undefined || resource.location === wanted);
}

function describe(
  { tag, resourceGroupName, location }: ResourceQuery,
  subscriptionIds: readonly string[] = [],
): string {
  return [
    "finding resources",
    ...(tag ? [`with tag ${tag.name}${tag.value === undefined ? "" : `=${tag.value}`}`] : []),
    ...(location === undefined ? [] : [`in region ${location}`]),
    ...(resourceGroupName === undefined ? [] : [`in resource group ${resourceGroupName}`]),
    ...(subscriptionIds.length > 0
      ? [`in subscription${subscriptionIds.length > 1 ? "s" : ""} ${subscriptionIds.join(", ")}`]
      : []),
  ].join(" ");
}

function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const advice =
    error instanceof ArmError && error.statusCode === 403
      ? '; give the identity that is signed in the role "Reader" there'
      : "";
  const correlationId = correlationIdOf(error);
  return `${message}${advice}${correlationId === undefined ? "" : ` (correlation id ${correlationId})`}`;
}
