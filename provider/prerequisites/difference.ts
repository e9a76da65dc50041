import { isUnknown } from "../lifecycle/unknownValues";

/** Whether a value is another one than state holds, or not known yet. */
export function isOther(old: unknown, declared: unknown): boolean {
  return isUnknown(declared) || canonical(old) !== canonical(declared);
}

/** One text for all orders of properties: the engine keeps them sorted. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
