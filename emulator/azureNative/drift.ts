import { isDeepStrictEqual } from "node:util";
import { isObject } from "./values";
import type { Properties } from "./values";

/**
 * The inputs that would lead to what is there now. Only what changed on the service's side since the last time enters
 * them, and only where the program set something: what the service fills in by itself is no drift.
 */
export function carryDrift(inputs: Properties, oldOutputs: Properties, newOutputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => {
      const before = oldOutputs[name];
      const now = newOutputs[name];
      if (now === undefined || isDeepStrictEqual(before, now)) {
        return [name, input];
      }
      return [
        name,
        isObject(input) && isObject(before) && isObject(now) ? carryDrift(input, before, now) : now,
      ];
    }),
  );
}
