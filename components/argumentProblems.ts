import { parseResourceId, resourceGroupType } from "../provider/azure/resourceId";
import type { InputProblem } from "../provider/dataProtection/inputProblem";

/**
 * Properties that are none: a misspelt one would otherwise be a setting that is silently not there.
 *
 * @param path - Where they are, with a dot at the end; empty for the component's own.
 */
export function unknownProperties(
  what: string,
  known: readonly string[],
  args: object,
  path = "",
): InputProblem[] {
  return Object.keys(args)
    .filter((property) => !known.includes(property))
    .map((property) => ({
      property: `${path}${property}`,
      reason: `${what} has no such property; it has ${known.join(", ")}`,
    }));
}

/** An id that is one of another type, or none. Outputs are not judged, nor is what is left out. */
export function idProblems(property: string, id: unknown, type: string): InputProblem[] {
  if (typeof id !== "string") {
    return [];
  }
  const parsed = parseResourceId(id);
  const actual = parsed && (parsed.type ?? resourceGroupType);
  return actual?.toLowerCase() === type.toLowerCase()
    ? []
    : [{ property, reason: `"${id}" is not the ARM id of a ${type}` }];
}

/** An id of a subscription that is none. Outputs are not judged, nor is what is left out. */
export function subscriptionIdProblems(property: string, id: unknown): InputProblem[] {
  const isOther = typeof id === "string" && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  return isOther ? [{ property, reason: `"${id}" is no id of a subscription, which is a UUID` }] : [];
}

/** What is to be true or false, and is neither. */
export function switchProblems(property: string, value: unknown): InputProblem[] {
  return value === undefined || typeof value === "boolean"
    ? []
    : [{ property, reason: "is neither true nor false" }];
}

/**
 * Fails a declaration before the engine hears of it, with all that is wrong.
 *
 * @param what - What is declared, as in `BackupVault "backups"`.
 */
export function refuseProblems(what: string, problems: InputProblem[]): void {
  if (problems.length > 0) {
    const list = problems.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
    throw new Error(`declaring ${what}: ${list}`);
  }
}
