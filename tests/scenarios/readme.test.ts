import { readFileSync } from "node:fs";
import path from "node:path";
import { rowsOf } from "./scenario";
import { tables } from "./tables";

/** What the README calls the things that the table names in braces, and the default where a row has no time for it. */
const spelling: [placeholder: string, asInReadme: string][] = [
  ["{instance}", "{vault}/backupInstances/data-5b0e2c0e"],
  ["{instanceName}", "data-5b0e2c0e"],
  ["disk-{n}", "data"],
  ["guard-{n}", "guard"],
  ["{guard}", "{group}/providers/Microsoft.DataProtection/resourceGuards/guard"],
  ["{otherVault}", "{group}/providers/Microsoft.DataProtection/backupVaults/old"],
  ["{vault}", "{group}/providers/Microsoft.DataProtection/backupVaults/backups"],
  ["{disk}", "{group}/providers/Microsoft.Compute/disks/data"],
  ["{group}", "/subscriptions/7e57ab1e/resourceGroups/shop"],
  ["timeout of 1s", "timeout of 45m"],
];

const readme = readFileSync(path.resolve(__dirname, "../../README.md"), "utf8");
/** A message in the README, with the row of the table that shows it: `<!-- situation | verb -->`. */
const messages = [...readme.matchAll(/<!-- (.+) \| (\w+) -->\n+```text\n([^]+?)\n```/g)].map(
  ([, situation = "", verb = "", text = ""]) => ({ situation, verb, text: text.replaceAll(/\s+/g, " ") }),
);

describe("the README's messages", () => {
  it("are at least three", () => {
    expect(messages.length).toBeGreaterThanOrEqual(3);
  });

  it.each(messages)("$situation | $verb", ({ situation, verb, text }) => {
    const row = rowsOf(Object.values(tables).flat()).find(
      (one) => one.scenario.situation === situation && one.verb === verb,
    );
    const { message, says = [] } = row?.expected ?? {};
    const said = [message ?? "no such row", ...says.map((line) => line.replace(/^warning: /, ""))].map(
      inReadme,
    );
    const elided = text.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    expect(said).toContainEqual(expect.stringMatching(new RegExp(`^${elided.join(".*")}$`)));
  });
});

function inReadme(golden: string): string {
  return spelling.reduce((text, [placeholder, spelt]) => text.replaceAll(placeholder, spelt), golden);
}
