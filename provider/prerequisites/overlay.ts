import { isObject } from "../azure/json";

/**
 * One document with another one laid over it: what the upper one says wins, what it leaves out stays. Where both mean the
 * same the lower one's spelling stays, since the service spells some values in its own way.
 */
export function overlay(lower: unknown, upper: unknown): unknown {
  if (upper === undefined || (lower !== undefined && holds(lower, upper))) {
    return lower;
  }
  if (isObject(lower) && isObject(upper)) {
    const keys = [...new Set([...Object.keys(lower), ...Object.keys(upper)])];
    return Object.fromEntries(keys.map((key) => [key, overlay(lower[key], upper[key])]));
  }
  if (areByDatastore(lower) && areByDatastore(upper)) {
    const isReplaced = ({ datastoreType }: ByDatastore): boolean =>
      upper.some((item) => item.datastoreType === datastoreType);
    return [...upper, ...lower.filter((item) => !isReplaced(item))];
  }
  return upper;
}

/** Whether a document holds all that another one says, in whatever spelling and with whatever else. */
export function holds(document: unknown, said: unknown): boolean {
  if (Array.isArray(said)) {
    return (
      Array.isArray(document) &&
      document.length === said.length &&
      said.every((item, index) => holds(document[index], item))
    );
  }
  if (isObject(said)) {
    return isObject(document) && Object.entries(said).every(([key, part]) => holds(document[key], part));
  }
  return said === document || String(said).toLowerCase() === String(document).toLowerCase();
}

/** One text for all orders of properties: the engine keeps them sorted. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) =>
    isObject(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

interface ByDatastore {
  datastoreType: string;
}

/** A vault's storage settings are a list with one item for each store. */
function areByDatastore(value: unknown): value is ByDatastore[] {
  return (
    Array.isArray(value) && value.every((item) => isObject(item) && typeof item.datastoreType === "string")
  );
}
