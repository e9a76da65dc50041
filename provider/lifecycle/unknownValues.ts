import { asRecord, isObject } from "../azure/json";

/** The text that stands for a value that is not known yet, at any depth of the inputs of a preview. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value, or any part of it, is not known yet. */
export function isUnknown(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(isUnknown);
  }
  return value === unknownValue;
}

/**
 * A declaration as it is if what is not known yet stays as it was: an unknown value alone is no change.
 *
 * @param kept - What state holds in its place.
 */
export function assumingKept<Value>(declared: Value, kept: unknown): Value {
  if (declared === unknownValue) {
    return kept as Value;
  }
  if (Array.isArray(declared)) {
    const before: unknown[] = Array.isArray(kept) ? kept : [];
    return declared.map((item, index) => assumingKept<unknown>(item, before[index])) as Value;
  }
  if (!isObject(declared)) {
    return declared;
  }
  const entries = Object.entries(declared).map(([name, part]) => [
    name,
    assumingKept(part, asRecord(kept)[name]),
  ]);
  return Object.fromEntries(entries) as Value;
}

/** The paths of what is not known yet, as in `datasource.diskId`. */
export function unknownPaths(value: unknown, path = ""): string[] {
  if (value === unknownValue) {
    return [path];
  }
  const isParted = typeof value === "object" && value !== null;
  return isParted
    ? Object.entries(value).flatMap(([name, part]) =>
        unknownPaths(part, path === "" ? name : `${path}.${name}`),
      )
    : [];
}
