import type { Collection } from "../collection";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { resourceGroupIdOf } from "./resourceId";

/** The resources of a kind in the call's resource group. */
export function listInGroup(collection: Collection<{ id: string }>, call: Call): Answer {
  return answer(200, { value: collection.below(resourceGroupIdOf(call.parameters)) });
}

/** The resources of a kind in the call's subscription. */
export function listInSubscription(collection: Collection<{ id: string }>, call: Call): Answer {
  return answer(200, { value: collection.below(`/subscriptions/${call.parameters["subscriptionId"]}`) });
}
