import { asRecord } from "../azure/json";
import type { WireResource } from "./arm";
import type { PrerequisiteOutputs } from "./inputs";
import { kinds } from "./kinds";

/**
 * What was declared, with the live values of what somebody changed. Only declared values are looked at, since the service
 * adds many of its own, and texts are compared without regard to case, since it spells some in its own way.
 */
export function withDrift(state: PrerequisiteOutputs, live: WireResource): PrerequisiteOutputs {
  const { hasTags, isImmutable } = kinds[state.sort];
  return {
    ...state,
    ...(state.properties === undefined || isImmutable
      ? {}
      : { properties: asRecord(merged(state.properties, live.properties)) }),
    ...(state.tags === undefined || !hasTags
      ? {}
      : { tags: merged(state.tags, live.tags) as typeof state.tags }),
  };
}

function merged(declared: unknown, live: unknown): unknown {
  if (live === undefined || live === null) {
    return declared;
  }
  if (Array.isArray(declared)) {
    return Array.isArray(live) && live.length === declared.length
      ? declared.map((item, index) => merged(item, live[index]))
      : live;
  }
  if (typeof declared === "object" && declared !== null) {
    const entries = Object.entries(declared).map(([key, value]) => [key, merged(value, asRecord(live)[key])]);
    return Object.fromEntries(entries) as unknown;
  }
  return comparable(declared) === comparable(live) ? declared : live;
}

/** Texts are compared without regard to case. */
function comparable(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase() : JSON.stringify(value);
}
