/** Values as they come from outside: of any type, with any properties. */
export type Untrusted = Record<string, unknown>;

/** Whether a value can be looked into by property names. */
export function isObject(value: unknown): value is Untrusted {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as an object to look into; an empty one when it is none. */
export function asRecord(value: unknown): Untrusted {
  return isObject(value) ? value : {};
}

/** The value as an array to go through; an empty one when it is none. */
export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value if it is a text that says something. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** No text that helps people is longer; hostile ones would keep them, and the patterns that look into it, busy. */
const longestSentence = 4_000;

/** The value if it is a text that says something, cut where people stop reading. */
export function sentence(value: unknown): string | undefined {
  const whole = text(value);
  return whole === undefined || whole.length <= longestSentence
    ? whole
    : `${whole.slice(0, longestSentence)}…`;
}

/** Errors name the errors that they are made of; no error that helps has more of them, on more levels. */
const [mostParts, mostLevels] = [20, 4];

/** The first parts of something that has parts of its own kind; none on a level that nobody would read. */
export function partsOf(value: unknown, level: number): unknown[] {
  return level > mostLevels ? [] : asArray(value).slice(0, mostParts);
}
