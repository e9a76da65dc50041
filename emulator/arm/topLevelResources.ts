import type { Collection } from "../collection";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { conflict, resourceNotFound } from "./errors";
import { resourceGroupIdOf, resourceIdOf } from "./resourceId";

/** The resource of a type that the call's parameter `name` means, or another name in its group; 404 when there is none. */
export function requireResource<Item extends { id: string }>(
  collection: Collection<Item>,
  type: string,
  { parameters }: Call,
  name = parameters["name"]!,
): Item {
  const resource = collection.get(resourceIdOf(parameters, type, name));
  if (!resource) {
    throw resourceNotFound(`${type}/${name}`, parameters["resourceGroupName"]!);
  }
  return resource;
}

/** Refuses to create in a region what is in another one already. */
export function checkStaysInRegion(
  existing: { name: string; location: string } | undefined,
  location: string,
  { parameters }: Call,
): void {
  if (existing && existing.location !== location) {
    throw conflict(
      "InvalidResourceLocation",
      `The resource '${existing.name}' already exists in location '${existing.location}' in resource group ` +
        `'${parameters["resourceGroupName"]}'. A resource with the same name cannot be created in location ` +
        `'${location}'. Please select a new resource name.`,
    );
  }
}

/** The resources of a kind in the call's resource group. */
export function listInGroup(collection: Collection<{ id: string }>, call: Call): Answer {
  return answer(200, { value: collection.below(resourceGroupIdOf(call.parameters)) });
}

/** The resources of a kind in the call's subscription. */
export function listInSubscription(collection: Collection<{ id: string }>, call: Call): Answer {
  return answer(200, { value: collection.below(`/subscriptions/${call.parameters["subscriptionId"]}`) });
}
