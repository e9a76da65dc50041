import * as fs from "node:fs";
import * as path from "node:path";
import { policyRefusals } from "../components/policies/policyRefusals";
import { blobRefusals, diskRefusals, snapshotGroupRefusals } from "../components/refusals/backups";
import { fleetRefusals } from "../components/refusals/fleet";
import { queryRefusals } from "../components/refusals/query";
import type { Refusal } from "../components/refusals/refusal";
import { vaultRefusals } from "../components/refusals/vault";
import { checkRefusals } from "../unit/instance/checkRefusals";

const file = path.resolve(__dirname, "../../docs/rules.md");

/** The properties in the tables of a section, as its first column names them. */
function listed(section: string): string[] {
  const [, text = ""] = fs.readFileSync(file, "utf8").split(`\n## ${section}\n`);
  const rows = text
    .split("\n## ")[0]!
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  return [
    ...new Set(
      rows.flatMap((row) => [...row.split(" | ")[0]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)),
    ),
  ].sort();
}

/** The properties that a table of refused declarations is about; misspelt ones are one rule for all. */
const ofComponent = (refusals: Refusal[]): string[] =>
  refusals
    .filter(([, , reason]) => !/has no such property/.test(reason.source))
    .map(([property]) => property);

function ofPolicies(): string[] {
  return policyRefusals.flatMap(([, declare, args]) => {
    try {
      declare(args as never);
      return [];
    } catch (error) {
      const { message } = error as Error;
      const [, property = ""] = /^declaring a backup policy: ([\w.]+): /.exec(message) ?? [];
      return /there is no such property|is no object/.test(message) ? [] : [property];
    }
  });
}

/** A property whatever the member, the policy, the step, or the place in a list. */
const general = (property: string): string =>
  property
    .replace(/\[\d+\]/g, "[]")
    .replace(/\["[^"]*"\]/g, '["name"]')
    .replace(/^(policies|timeouts)\.\w+$/, "$1.*");

describe("docs/rules.md lists the rules that are checked before any request", () => {
  it.each<[section: string, properties: () => string[]]>([
    ["BackupVault", () => ofComponent(vaultRefusals)],
    ["DiskBackup", () => ofComponent(diskRefusals)],
    ["BlobBackup", () => ofComponent(blobRefusals)],
    ["SnapshotResourceGroup", () => ofComponent(snapshotGroupRefusals)],
    ["BackupFleet", () => ofComponent(fleetRefusals)],
    ["findResourceIds", () => queryRefusals.map(([property]) => property).filter((name) => name !== "tags")],
    ["Policies", ofPolicies],
    ["BackupInstance", () => checkRefusals.map(([, , property]) => property)],
  ])("of %s", (section, properties) => {
    expect(listed(section)).toEqual([...new Set(properties().map(general))].sort());
  });
});
