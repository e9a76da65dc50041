import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { trackedBelow } from "./genericResources";

const total = (value: number): object => ({ type: "Total", value });

/** The names of tags that resources and groups of the subscription have, each with its values and how often they occur. */
export function listTagNames(cloud: Cloud, call: Call): Answer {
  const subscription = `/subscriptions/${call.parameters["subscriptionId"]}`;
  const tagged = [...cloud.resourceGroups.below(subscription), ...trackedBelow(cloud, call, subscription)];
  const counts = new Map<string, Map<string, number>>();
  for (const [name, value] of tagged.flatMap(({ tags }) => Object.entries(tags ?? {}))) {
    const values = counts.get(name) ?? new Map<string, number>();
    counts.set(name, values.set(value, (values.get(value) ?? 0) + 1));
  }
  const value = [...counts].map(([tagName, values]) => ({
    id: `${subscription}/tagNames/${tagName}`,
    tagName,
    count: total([...values.values()].reduce((sum, count) => sum + count, 0)),
    values: [...values].map(([tagValue, count]) => ({
      id: `${subscription}/tagNames/${tagName}/tagValues/${tagValue}`,
      tagValue,
      count: total(count),
    })),
  }));
  return answer(200, { value });
}
