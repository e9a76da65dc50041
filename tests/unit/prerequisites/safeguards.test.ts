import fc from "fast-check";
import type { PrerequisiteInputs } from "../../../provider/prerequisites/inputs";
import { mergedBody } from "../../../provider/prerequisites/merge";
import { holds } from "../../../provider/prerequisites/overlay";
import { vaultSafeguards } from "../../../provider/prerequisites/safeguards";
import { takenBack, weakenings } from "../../../provider/prerequisites/weakening";

type Properties = Record<string, unknown>;

const resourceId =
  "/subscriptions/11111111-aaaa-4000-8000-000000000000/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v";
const defaults = {
  storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
  securitySettings: {
    softDeleteSettings: { state: "On", retentionDurationInDays: 14 },
    immutabilitySettings: { state: "Disabled" },
  },
  monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
};

const vaultOf = (
  properties: Properties = {},
  changes: Partial<PrerequisiteInputs> = {},
): PrerequisiteInputs => ({
  sort: "backupVault",
  resourceId,
  defaults,
  properties,
  ...changes,
});

/** Settings as a program says some of them, or as a vault has them all. */
const someSettings = (isWhole: boolean): fc.Arbitrary<Properties> => {
  const optional = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
    isWhole ? arbitrary : fc.option(arbitrary, { nil: undefined });
  return fc
    .record({
      redundancy: optional(fc.constantFrom("LocallyRedundant", "ZoneRedundant", "GeoRedundant")),
      softDelete: optional(fc.constantFrom("Off", "On", "AlwaysOn")),
      days: fc.integer({ min: 14, max: 180 }),
      immutability: optional(fc.constantFrom("Disabled", "Unlocked", "Locked")),
      alerts: optional(fc.constantFrom("Enabled", "Disabled")),
      crossRegion: optional(fc.constantFrom("Enabled", "Disabled")),
    })
    .map(({ redundancy, softDelete, days, immutability, alerts, crossRegion }) => ({
      ...(redundancy ? { storageSettings: [{ datastoreType: "VaultStore", type: redundancy }] } : {}),
      securitySettings: {
        ...(softDelete
          ? {
              softDeleteSettings: {
                state: softDelete,
                ...(softDelete === "Off" ? {} : { retentionDurationInDays: days }),
              },
            }
          : {}),
        ...(immutability ? { immutabilitySettings: { state: immutability } } : {}),
      },
      ...(alerts
        ? { monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: alerts } } }
        : {}),
      ...(crossRegion ? { featureSettings: { crossRegionRestoreSettings: { state: crossRegion } } } : {}),
    }));
};
const said = someSettings(false);
const live = someSettings(true);
/** The settings that get weaker from one document to another. */
const weakerIn = (to: Properties | undefined, from: Properties | undefined): string[] =>
  vaultSafeguards
    .filter(({ isWeaker, valueIn }) => isWeaker(valueIn(to), valueIn(from)))
    .map(({ path }) => path.join("."));

describe("the PUT of a vault", () => {
  it("weakens nothing that the program did not change", () => {
    fc.assert(
      fc.property(said, live, (declared, properties) => {
        const inputs = vaultOf(declared);
        const body = mergedBody({ properties }, inputs, inputs);
        const refused = weakenings({ properties }, body, inputs, inputs).map(({ path }) => path?.join("."));
        const unrefused = weakerIn(body.properties, properties).filter(
          (property) => !refused.includes(property),
        );
        expect(unrefused).toEqual([]);
      }),
    );
  });

  it("weakens no more than the program's own change asks for", () => {
    fc.assert(
      fc.property(said, said, live, (before, declared, properties) => {
        const [old, now] = [vaultOf(before), vaultOf(declared)];
        const body = mergedBody({ properties }, now, old);
        const refused = weakenings({ properties }, body, now, old).map(({ path }) => path?.join("."));
        const unrefused = weakerIn(body.properties, properties).filter(
          (property) => !refused.includes(property),
        );
        // What is weakened was declared at least as strong as it is in Azure.
        const effective = mergedBody(undefined, old, undefined).properties;
        expect(weakerIn(effective, properties).filter((property) => unrefused.includes(property))).toEqual(
          [],
        );
      }),
    );
  });

  it("holds all that is said, and nothing of what others have set is lost", () => {
    fc.assert(
      fc.property(
        said,
        live,
        fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string()),
        (declared, properties, tags) => {
          const inputs = vaultOf(declared, { tags: { owner: "platform" } });
          const foreign = {
            ...properties,
            futureSettings: { state: "Strange" },
            provisioningState: "Succeeded",
          };
          const body = mergedBody({ properties: foreign, tags, location: "westeurope" }, inputs, inputs);
          expect(holds(body.properties, declared)).toBe(true);
          expect(body.properties).toMatchObject({ futureSettings: { state: "Strange" } });
          expect(body.properties).not.toHaveProperty("provisioningState");
          expect(body.tags).toEqual({ ...tags, owner: "platform" });
          expect(body.location).toBe("westeurope");
        },
      ),
    );
  });

  it("takes away the tags and identities that the program takes back, and no others", () => {
    const [kept, removed, foreign] = ["kept", "removed", "foreign"].map((name) =>
      resourceId.replace(/v$/, name),
    );
    const identityOf = (...ids: (string | undefined)[]): Properties => ({
      type: "SystemAssigned,UserAssigned",
      userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])),
    });
    const before = vaultOf({}, { tags: { kept: "1", removed: "1" }, identity: identityOf(kept, removed) });
    const declared = vaultOf({}, { tags: { kept: "1" }, identity: identityOf(kept) });
    const found = {
      tags: { kept: "1", Removed: "1", foreign: "1" },
      identity: identityOf(kept?.toUpperCase(), removed, foreign),
    };
    expect(mergedBody(found, declared, before)).toMatchObject({ tags: { kept: "1", foreign: "1" } });
    expect(Object.keys(Object(mergedBody(found, declared, before).identity?.userAssignedIdentities))).toEqual(
      [foreign, kept],
    );
    const own = vaultOf({}, { identity: { type: "SystemAssigned" } });
    const onlyDeclared = { identity: identityOf(kept, removed) };
    expect(mergedBody(onlyDeclared, own, before).identity).toEqual({ type: "SystemAssigned" });
  });
});

describe("what Azure never takes back", () => {
  const key = { keyVaultProperties: { keyUri: "https://keys.vault.azure.net/keys/one" } };
  it.each<[what: string, before: Properties, declared: Properties, reason: RegExp]>([
    [
      "soft delete that is always on",
      { securitySettings: { softDeleteSettings: { state: "AlwaysOn" } } },
      { securitySettings: { softDeleteSettings: { state: "On" } } },
      /no way back from `softDelete: { state: "alwaysOn", acknowledge: "this cannot be undone" }`/,
    ],
    [
      "soft delete that is always on, by leaving it out",
      { securitySettings: { softDeleteSettings: { state: "AlwaysOn" } } },
      {},
      /no way back from `softDelete/,
    ],
    [
      "locked immutability",
      { securitySettings: { immutabilitySettings: { state: "Locked" } } },
      { securitySettings: { immutabilitySettings: { state: "Unlocked" } } },
      /no way back from `immutability: { state: "locked", acknowledge: "this cannot be undone" }`/,
    ],
    [
      "cross-region restore",
      { featureSettings: { crossRegionRestoreSettings: { state: "Enabled" } } },
      {},
      /no way back from `crossRegionRestore: true`/,
    ],
    [
      "a key",
      { securitySettings: { encryptionSettings: key } },
      {},
      /no way back from `encryption: { keyUri/,
    ],
  ])("is refused from the two declarations alone: %s", (_what, before, declared, reason) => {
    expect(takenBack(vaultOf(before), vaultOf(declared))).toEqual([
      { property: expect.any(String), reason: expect.stringMatching(reason) },
    ]);
    expect(takenBack(vaultOf(before), vaultOf(before))).toEqual([]);
  });
});
