import { rowsOf } from "./scenario";
import type { Outcome } from "./scenario";
import { tables } from "./tables";
import { Theatre } from "./theatre";

/** What the stack is called now; state and tag are from the time when it was `shop/dev`. */
const namesNow = {
  "the stack was renamed": { project: "shop", stack: "renamed" },
  "the project was renamed": { project: "renamed", stack: "dev" },
  "the resource was moved into another stack": { project: "elsewhere", stack: "live" },
};

/** The rows in which state meets a declaration, each under one of these names. */
const rows = Object.values(tables)
  .flat()
  .flatMap((scenario) => rowsOf([scenario]))
  .filter(({ verb }) => verb === "preview" || verb === "update")
  .map((row, index) => {
    const names = Object.entries(namesNow);
    const [what = "", now = namesNow["the stack was renamed"]] = names[index % names.length] ?? [];
    return { row, what, now };
  });

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(async () => {
  await theatre.close();
  const counts = Object.keys(namesNow).map(
    (name) => `${name} ${rows.filter(({ what }) => what === name).length}`,
  );
  process.stdout.write(`${rows.length} rows: ${counts.join("; ")}\n`);
});

describe("a stack under another name than state and tag say", () => {
  it.each(rows)("$row.scenario.situation | $row.verb | $what", async ({ row, now }) => {
    const { reaction, outputs, tagAfterwards } = await theatre.observe(row, now);
    expect(outcomesNow(row.expected.outcome)).toContain(reaction.outcome);
    const hasTags = outputs?.sort !== "resourceGuardProxy";
    if (reaction.outcome === "green" && hasTags) {
      expect(outputs?.claimedBy).toBe(tagAfterwards);
      expect([`${now.project}/${now.stack}`, "shop/dev"]).toContain(tagAfterwards);
    }
  });
});

/** A rename adds the change of the tag, which is refused where another stack has the instance, and takes nothing away. */
function outcomesNow(outcome: Outcome): Outcome[] {
  const withTag: Outcome[] = ["plan: update", "green", "left paused", "red, state as before"];
  return outcome === "plan: same" ? ["plan: same", ...withTag] : [outcome];
}
