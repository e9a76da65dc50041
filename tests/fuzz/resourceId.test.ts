import "./seed";
import fc from "fast-check";
import { canonicalResourceId, isSameResourceId, parseResourceId } from "../../provider/azure/resourceId";
import { anyJson } from "./hostileJson";

const segment = fc.stringMatching(/^[A-Za-z0-9._()-]{1,40}$/);
const parts = fc.record({
  subscriptionId: fc.uuid(),
  resourceGroupName: segment,
  namespace: fc.stringMatching(/^[A-Za-z]{1,12}\.[A-Za-z]{1,12}$/),
  types: fc.array(fc.tuple(segment, segment), { minLength: 1, maxLength: 4 }),
});
/** Turns letters at random to the other case. */
const recased = (text: string): fc.Arbitrary<string> =>
  fc.infiniteStream(fc.boolean()).map((flips) => {
    const flip = flips[Symbol.iterator]();
    return [...text].map((letter) => (flip.next().value ? swapCase(letter) : letter)).join("");
  });

function swapCase(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}

describe("ids of Resource Manager", () => {
  it("are read and written back in any casing", () => {
    const cased = parts.chain((one) => {
      const path = one.types.map(([type, name]) => `${type}/${name}`).join("/");
      const id = `/subscriptions/${one.subscriptionId}/resourceGroups/${one.resourceGroupName}/providers/${one.namespace}/${path}`;
      return fc.record({
        id: fc.constant(id),
        other: recased(id),
        names: fc.constant(one.types.map(([, name]) => name)),
      });
    });
    fc.assert(
      fc.property(cased, ({ id, other, names }) => {
        const [parsed, parsedOther] = [parseResourceId(id), parseResourceId(other)];
        expect(parsed?.name).toBe(names.at(-1));
        const { subscriptionId, resourceGroupName, type } = parsed ?? {};
        const [namespace, ...types] = type?.split("/") ?? [];
        const path = types.map((one, index) => `${one}/${names[index]}`).join("/");
        expect(
          `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}/providers/${namespace}/${path}`,
        ).toBe(id);
        expect(JSON.stringify(parsedOther).toLowerCase()).toBe(JSON.stringify(parsed).toLowerCase());
        expect(isSameResourceId(id, other)).toBe(true);
      }),
    );
  });

  it("are compared by one spelling, which stays as it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(canonicalResourceId(canonicalResourceId(text))).toBe(canonicalResourceId(text));
      }),
    );
  });

  it("are told from any other text, however long, without failing", () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 300 }),
      anyJson.map((value) => JSON.stringify(value) ?? ""),
      fc
        .array(fc.constantFrom("/", "subscriptions", "resourceGroups", "providers", "a", "%", "\n", ".."), {
          maxLength: 60,
        })
        .map((words) => words.join("")),
      fc.constantFrom(
        "/a".repeat(100_000),
        "/subscriptions/".repeat(20_000),
        `/subscriptions/s/resourceGroups/g/providers/n${"/a/b".repeat(50_000)}/`,
      ),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const id = parseResourceId(text);
        expect(id === undefined || /^\/subscriptions\/[^/]+\/resourceGroups\//i.test(text)).toBe(true);
      }),
    );
  });
});
