import fc from "fast-check";
import { unknownValue } from "../../provider/lifecycle/unknownValues";

/** Anything that can come as JSON, with keys that mean something to JavaScript. */
export const anyJson: fc.Arbitrary<unknown> = fc
  .json({ noUnicodeString: false, depthSize: "medium" })
  .map((text) => JSON.parse(text) as unknown);

/** What stands in the place of something good: nothing, something of another type, something odd of the same type. */
const intruder: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    0,
    -1,
    1e308,
    true,
    false,
    [],
    {},
    [[]],
    [null],
    "__proto__",
    unknownValue,
  ),
  fc.constantFrom("constructor", "toString", "a".repeat(5_000), "/".repeat(500), "\u0000", "🗄️", "%2f..%2f"),
  fc.constant(
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown,
  ),
  anyJson,
);

type Key = string | number;

/** A document with some of its parts replaced, taken out, or joined by others: near enough to the good one to be read. */
export function spoilt(document: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    path: fc.constantFrom(...pathsIn(document)),
    how: fc.constantFrom("replace", "remove", "add"),
    by: intruder,
    name: fc.oneof(fc.constantFrom("__proto__", "constructor", "toString", "length", "id"), fc.string()),
  });
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce<unknown>((spoiltSoFar, { path, how, by, name }) => {
        if (how === "add") {
          return edit(spoiltSoFar, [...path, name], () => by);
        }
        return edit(spoiltSoFar, path, () => (how === "remove" ? undefined : by));
      }, document),
    )
    .map((value) => JSON.parse(JSON.stringify(value ?? null)) as unknown);
}

/** The paths to all parts of a document, itself included. */
function pathsIn(value: unknown, path: Key[] = []): Key[][] {
  const parts = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [path, ...parts.flatMap(([key, part]) => pathsIn(part, [...path, key]))];
}

function edit(value: unknown, [key, ...rest]: Key[], change: (part: unknown) => unknown): unknown {
  if (key === undefined) {
    return change(value);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  const part = edit(Object.getOwnPropertyDescriptor(value, key)?.value, rest, change);
  if (Array.isArray(copy) && key === "length") {
    return copy;
  }
  // Not an assignment, which would set the prototype instead of a part named `__proto__`.
  Object.defineProperty(copy, key, { value: part, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** The same value, which throws when somebody changes it. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
