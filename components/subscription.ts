import { text } from "../provider/azure/json";
import { parseResourceId } from "../provider/azure/resourceId";
import { noSubscription } from "../provider/dataProtection/resourceNames";

/**
 * The subscription of a resource. Where the id, known late, is none, it is what `check` refuses with that id: an error
 * thrown here would never be shown.
 */
export function subscriptionIdOf(resourceId: string): string {
  const id = text(resourceId) ?? "";
  return parseResourceId(id)?.subscriptionId ?? noSubscription(id);
}
