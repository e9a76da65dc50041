import { isObject } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";

/** What control lets a resource be shown as: merged over its properties in every answer. */
export interface ShownAs {
  shownAs?: JsonObject;
}

/** Properties as they are shown: objects are merged, anything else is replaced. */
export function shown({ shownAs = {} }: ShownAs, properties: JsonObject): JsonObject {
  const merged = Object.entries(shownAs).map(([name, change]) => {
    const before = properties[name];
    return [name, isObject(change) && isObject(before) ? shown({ shownAs: change }, before) : change];
  });
  return { ...properties, ...(Object.fromEntries(merged) as JsonObject) };
}
