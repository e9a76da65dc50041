/** A resource's inputs or outputs as they cross the engine's wire. */
export type Properties = Record<string, unknown>;

/** What the engine sends in a preview for a value that is not known yet. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** The value without the wrappers that mark secrets, at any depth, and without members that are null or undefined. */
function reveal(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reveal);
  }
  if (!isObject(value)) {
    return value;
  }
  if (isSecret(value)) {
    return reveal(value.value);
  }
  return mapMembers(value, reveal);
}

/** As {@link reveal}, for a whole bag of properties. */
export function revealAll(properties: Properties): Properties {
  return mapMembers(properties, reveal);
}

/** Marks as secret the outputs that have the name of an input which is, or contains, a secret. */
export function keepSecrets(outputs: Properties, inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name,
      containsSecret(inputs[name]) ? { [signatureKey]: secretSignature, value } : value,
    ]),
  );
}

/** Whether the value, or anything in it, is not known yet. */
export function containsUnknown(value: unknown): boolean {
  return value === unknownValue || (isContainer(value) && Object.values(value).some(containsUnknown));
}

/** Whether it is an object and not an array. */
export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function containsSecret(value: unknown): boolean {
  return (
    (isObject(value) && isSecret(value)) || (isContainer(value) && Object.values(value).some(containsSecret))
  );
}

function isSecret(value: Properties): boolean {
  return value[signatureKey] === secretSignature;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function mapMembers(value: Properties, change: (member: unknown) => unknown): Properties {
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, change(member)] as const)
      .filter(([, member]) => member !== undefined && member !== null),
  );
}
