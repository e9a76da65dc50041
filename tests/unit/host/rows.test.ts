import fc from "fast-check";
import { Rows } from "../../../provider/host/rows";

const id =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v/backupInstances/data";
const urn = "urn:pulumi:dev::shop::type::data";

let now: number;
let told: { at: number; message: string; urn: string; isEphemeral: boolean }[];
let rows: Rows;

beforeEach(() => {
  now = 0;
  told = [];
  const clock = { now: () => now, sleep: async () => undefined };
  rows = new Rows(async (_severity, message, row, isEphemeral) => {
    told.push({ at: now, message, urn: row, isEphemeral });
  }, clock);
});

describe("the progress on a row", () => {
  it("is shown at once, and then at most once in ten seconds, however often there is some", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1 }), (pausesInMs) => {
        [now, told] = [now + 10_000, []];
        const showProgress = rows.progressOn(id);
        for (const pauseInMs of pausesInMs) {
          showProgress(`at ${now}`);
          now += pauseInMs;
        }
        const moments = told.map(({ at }) => at);
        const gapsInMs = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
        return told.length > 0 && gapsInMs.every((gapInMs) => gapInMs >= 10_000);
      }),
    );
  });

  it("is one row's own: another row's is not held up by it", () => {
    rows.progressOn(id)("creating");
    rows.progressOn(`${id}-2`)("creating");
    expect(told).toHaveLength(2);
  });

  it("stands on the row of the resource, whatever the casing of its id, and gives way to the next", () => {
    rows.register(id.toUpperCase(), urn);
    rows.progressOn(id)("creating");
    expect(told).toEqual([{ at: 0, message: "creating", urn, isEphemeral: true }]);
  });
});

describe("what is said on a row", () => {
  it("stays, and is said once", async () => {
    rows.register(id, urn);
    await rows.say(id, "left alone");
    await rows.say(id, "left alone");
    expect(told).toEqual([{ at: 0, message: "left alone", urn, isEphemeral: false }]);
  });

  it("stands on the stack's row when an older version wrote the state, which holds no URN", async () => {
    rows.register(id, undefined);
    await rows.say(id, "left alone");
    expect(told).toMatchObject([{ urn: "" }]);
  });
});
