import { asArray, asRecord, isObject } from "../azure/json";
import { isSameResourceId } from "../azure/resourceId";
import { isUnknown, unknownValue } from "../lifecycle/unknownValues";
import type { PrerequisiteInputs } from "./inputs";
import { effectiveProperties } from "./merge";
import { canonical } from "./overlay";

/** Whether the program declares another resource than before. */
export function isOtherResource(olds: PrerequisiteInputs, news: PrerequisiteInputs): boolean {
  return !isUnknown(news.resourceId) && !isSameResourceId(olds.resourceId, news.resourceId);
}

/** Whether the program declares something else than before. What is not known yet announces nothing. */
export function hasChanged(olds: PrerequisiteInputs, news: PrerequisiteInputs): boolean {
  return (
    isOther(effectiveProperties(olds), effectiveProperties(news)) ||
    (["identity", "tags", "neededBy", "claimedBy", "onFailure", "__provider"] as const).some((property) =>
      isOther(olds[property], news[property]),
    )
  );
}

export function isOther(old: unknown, declared: unknown): boolean {
  return canonical(old) !== canonical(knownPartOf(declared, old));
}

/** A value with the old one for every part of it that is not known yet. */
function knownPartOf(value: unknown, old: unknown): unknown {
  if (value === unknownValue) {
    return old;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => knownPartOf(item, asArray(old)[index]));
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, part]) => [key, knownPartOf(part, asRecord(old)[key])]),
      )
    : value;
}
