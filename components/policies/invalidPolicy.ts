/**
 * The error about a policy that the service would refuse.
 *
 * @param property - Path of the property, such as `diskPolicy.weekly`.
 * @param problem - What is wrong with it, and what would be right.
 */
export function invalidPolicy(property: string, problem: string): Error {
  return new Error(`declaring a backup policy: ${property}: ${problem}`);
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

/** Refuses properties that do not exist: a misspelt `weekly` would be a retention that is silently missing. */
export function checkProperties(property: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalidPolicy(property, `${shown(value)} is no object; give one with ${known.join(", ")}`);
  }
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw invalidPolicy(`${property}.${unknown}`, `there is no such property; there is ${known.join(", ")}`);
  }
}
