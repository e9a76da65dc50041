import { itAgreesWithOpenApi } from "../wire/stage";
import { laws } from "./laws";
import { rowsOf } from "./scenario";
import { tables } from "./tables";
import { Theatre } from "./theatre";

let theatre: Theatre;
const outcomes: string[] = [];
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(async () => {
  await theatre.close();
  const kinds = [...new Set(outcomes.map((outcome) => outcome.replace(/^(shows) .*/, "$1")))].toSorted();
  const counts = kinds.map((kind) => `${kind} ${outcomes.filter((one) => one.startsWith(kind)).length}`);
  process.stdout.write(`${outcomes.length} rows: ${counts.join("; ")}\n`);
});

describe.each(Object.entries(tables))("%s", (_, scenarios) => {
  it.each(rowsOf(scenarios))("$scenario.situation | $verb | $expected.outcome", async (row) => {
    const seen = await theatre.observe(row);
    outcomes.push(seen.reaction.outcome);
    expect(seen.reaction).toEqual(row.expected);
    for (const [law, breachesOf] of Object.entries(laws)) {
      expect({ law, breaches: breachesOf(row, seen) }).toEqual({ law, breaches: [] });
    }
  });
});

itAgreesWithOpenApi(() => theatre);
