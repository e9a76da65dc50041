import { asRecord, isObject } from "../azure/json";
import type { Drift, PrerequisiteInputs } from "./inputs";
import { kinds } from "./kinds";
import { lacksIdentity } from "./merge";
import { canonical, holds, overlay } from "./overlay";
import { isOtherRegion } from "./region";
import { only, valueAt } from "./safeguards";
import type { WireResource } from "./wireResource";

/**
 * The live values of what somebody changed; `undefined` where nothing differs. Only what is declared is looked at, since the
 * service adds many values of its own, and texts are compared without regard to case, since it spells some in its own way.
 * Of a default differs what is weaker.
 */
export function driftOf(declared: PrerequisiteInputs, live: WireResource): Drift | undefined {
  const { hasTags, isImmutable } = kinds[declared.sort];
  const properties = isImmutable
    ? undefined
    : overlay(weakerDefaults(declared, live), difference(declared.properties, live.properties));
  const found: Drift = {
    ...(isOtherRegion(live.location, declared.location) ? { location: live.location } : {}),
    ...(lacksIdentity(live.identity, declared.identity)
      ? { identity: live.identity ?? { type: "None" } }
      : {}),
    ...(properties === undefined ? {} : { properties: asRecord(properties) }),
    ...(hasTags ? differingTags(declared.tags, live.tags) : {}),
  };
  return Object.keys(found).length > 0 ? found : undefined;
}

/** What of a declared document is shown otherwise; what is not shown is not known. */
function difference(declared: unknown, live: unknown): unknown {
  if (live === undefined || live === null || declared === undefined || holds(live, declared)) {
    return undefined;
  }
  if (!isObject(declared) || !isObject(live)) {
    return live;
  }
  const differing = Object.entries(declared)
    .map(([key, value]) => [key, difference(value, live[key])] as const)
    .filter(([, value]) => value !== undefined);
  return differing.length > 0 ? Object.fromEntries(differing) : undefined;
}

function weakerDefaults(declared: PrerequisiteInputs, { properties }: WireResource): unknown {
  const { sort, defaults } = declared;
  const weaker = kinds[sort].safeguards.filter(
    ({ path, isWeaker, valueIn, isFinalInUse }) =>
      isFinalInUse !== true &&
      valueAt(declared.properties, path) === undefined &&
      [defaults, properties].every((document) => valueAt(document, path) !== undefined) &&
      isWeaker(valueIn(properties), valueIn(defaults)),
  );
  return weaker.reduce<unknown>(
    (found, { path }) => overlay(found, only(path, valueAt(properties, path))),
    undefined,
  );
}

function differingTags(
  declared: Record<string, string> | undefined,
  live: Record<string, string> = {},
): Pick<Drift, "tags"> {
  const byName = new Map(Object.entries(live).map(([name, value]) => [name.toLowerCase(), value]));
  const differing = Object.entries(declared ?? {})
    .map(([name, value]) => [name, value, byName.get(name.toLowerCase()) ?? null] as const)
    .filter(([, value, actual]) => canonical(value) !== canonical(actual));
  return differing.length === 0
    ? {}
    : { tags: Object.fromEntries(differing.map(([name, , actual]) => [name, actual])) };
}
