import type { Verb } from "./scenario";
import { rowsOf } from "./scenario";
import { tables } from "./tables";

/** The states of the OpenAPI document, the one that only real traffic shows, and one of the future (facts, section 1.3). */
const states = [
  "ProtectionConfigured",
  "ConfiguringProtection",
  "UpdatingProtection",
  "ProtectionStopped",
  "BackupsSuspended",
  "BackupSchedulesSuspended",
  "RetentionSchedulesSuspended",
  "ProtectionError",
  "ConfiguringProtectionFailed",
  "NotProtected",
  "Invalid",
  "SoftDeleting",
  "SoftDeleted",
  "a state that no document names",
];
const verbs: Verb[] = ["previewOfCreate", "create", "preview", "refresh", "update", "delete"];
const rows = rowsOf(Object.values(tables).flat());

describe("the table of scenarios", () => {
  it.each(states)("has a row for every verb in the state %s", (state) => {
    const shown = rows
      .filter(({ scenario: { situation } }) => new RegExp(`^${state}(?!\\w)`).test(situation))
      .map(({ verb }) => verb);
    expect(verbs.filter((verb) => !shown.includes(verb))).toEqual([]);
  });

  it("names each situation once", () => {
    const situations = Object.values(tables).flatMap((scenarios) =>
      scenarios.map(({ situation }) => situation),
    );
    expect(situations.filter((situation, index) => situations.indexOf(situation) < index)).toEqual([]);
  });
});
