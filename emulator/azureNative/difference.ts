import { isDeepStrictEqual } from "node:util";
import type { DiffResult } from "@pulumi/pulumi/provider";
import { pathParametersOf } from "./resourceTypes";
import type { ResourceType } from "./resourceTypes";
import { createBeforeDeleteFlag } from "./shape";
import type { Properties } from "./values";

/** What a change of inputs does: nothing, an update in place, or a replacement; a value not known yet is a change. */
export function difference(type: ResourceType, oldInputs: Properties, newInputs: Properties): DiffResult {
  const names = new Set([...Object.keys(oldInputs), ...Object.keys(newInputs)]);
  const changed = [...names].filter(
    (name) => name !== createBeforeDeleteFlag && !isSame(name, oldInputs[name], newInputs[name]),
  );
  const replacing = [...pathParametersOf(type), ...type.immutable];
  const replaces = changed.filter((name) => replacing.includes(name));
  return {
    changes: changed.length > 0,
    replaces,
    deleteBeforeReplace: replaces.length > 0 && oldInputs[createBeforeDeleteFlag] !== true,
  };
}

/** Azure takes "West Europe" and "westeurope" for the same location. */
function isSame(name: string, before: unknown, now: unknown): boolean {
  return name === "location" && typeof before === "string" && typeof now === "string"
    ? normalizedLocation(before) === normalizedLocation(now)
    : isDeepStrictEqual(before, now);
}

function normalizedLocation(location: string): string {
  return location.replace(/ /g, "").toLowerCase();
}
