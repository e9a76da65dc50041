import {
  madeThen,
  otherTag,
  ownVaultId,
  strengthened,
  vault,
  withSoftDelete,
} from "./prerequisiteSituations";
import { deleted, goneFromState, green, plan, redAbsent, redAsBefore, shows } from "./reactions";
import type { Reaction, Scenario, Verb } from "./scenario";
import type { Site } from "./site";
import { protectDisk } from "./situations";

const seen = "GET the vault 200";
const put = ["PUT the vault 201", "GET operationStatus 200 Succeeded"];
const updated = [seen, seen, ...put, seen];
const changedOutside =
  "warning: the Backup vault was changed outside of this stack: this update changes it back";

/** Refused in the preview as in the update, after a look and without a write. */
function refusedOn(property: string, reason: string, requests = [seen]): Partial<Record<Verb, Reaction>> {
  const message = `${property}: ${reason}`;
  return { preview: redAsBefore(message, requests), update: redAsBefore(message, requests) };
}

const belongsTo =
  "there is a Backup vault of this name, and it belongs to stack shop/prod; give another name, or refer to " +
  "{group}/providers/Microsoft.DataProtection/backupVaults/own-{n} by its id instead of declaring it (correlation id {id})";
const outside = (live: string, declared: string): string =>
  `the Backup vault has \`${live}\` in Azure, set outside of this program, which declares \`${declared}\`: an update would ` +
  `weaken it. Declare \`${live}\` to keep it. If \`${declared}\` is meant, declare what is there for one update first, and ` +
  "then that (correlation id {id})";
const noWayBack = (declaration: string): string =>
  `Azure offers no way back from \`${declaration}\`: declare that again`;
const immutable = (state: string): object => ({ securitySettings: { immutabilitySettings: { state } } });
const redundant = (type: string): object => ({ storageSettings: [{ datastoreType: "VaultStore", type }] });
const crossRegion = { featureSettings: { crossRegionRestoreSettings: { state: "Enabled" } } };
const audited = (days: number): ((site: Site) => Promise<void>) =>
  madeThen({ properties: withSoftDelete(days) });

/** The vault of the program itself: as it was declared, and made stronger or weaker by others. */
export const ownVaultScenarios: Scenario[] = [
  {
    situation: "own vault, as declared",
    given: madeThen(),
    declares: vault(),
    reactions: {
      preview: plan("same", [seen]),
      update: plan("same", [seen]),
      refresh: shows("drift of nothing", [seen]),
      delete: deleted([
        seen,
        "GET backupInstances 200",
        "GET deletedBackupInstances 200",
        "DELETE the vault 202",
        "GET operationStatus 200 Succeeded",
        "GET the vault 404 ResourceNotFound",
      ]),
    },
  },
  {
    situation: "own vault, as declared, with another tag",
    given: madeThen(),
    declares: vault({}, otherTag),
    declaredBefore: vault(),
    reactions: { preview: plan("update", [seen]), update: green(updated) },
  },
  {
    situation: "own vault, strengthened by others",
    given: strengthened,
    declares: vault(),
    reactions: {
      preview: plan("same", [seen]),
      update: plan("same", [seen]),
      refresh: shows("drift of nothing", [seen]),
    },
  },
  {
    situation: "own vault, strengthened by others, with another tag",
    given: strengthened,
    declares: vault({}, otherTag),
    declaredBefore: vault(),
    reactions: { preview: plan("update", [seen]), update: green(updated) },
  },
  {
    situation: "own vault, strengthened by others, whose soft delete is said to be shorter",
    given: strengthened,
    declares: vault(withSoftDelete(14)),
    reactions: {
      preview: plan(
        "same",
        [seen],
        `warning: softDelete: ${outside('softDelete: { state: "on", retentionInDays: 90 }', 'softDelete: { state: "on", retentionInDays: 14 }')}`,
      ),
      refresh: shows("drift of properties", [seen]),
    },
  },
  {
    situation: "own vault, strengthened by others, whose soft delete is said to be shorter, with another tag",
    given: strengthened,
    declares: vault(withSoftDelete(14), otherTag),
    declaredBefore: vault(withSoftDelete(14)),
    reactions: refusedOn(
      "softDelete",
      outside(
        'softDelete: { state: "on", retentionInDays: 90 }',
        'softDelete: { state: "on", retentionInDays: 14 }',
      ),
    ),
  },
  {
    situation:
      "own vault, strengthened by others, and the program asks for more than before, but for less than that",
    given: strengthened,
    declares: vault(withSoftDelete(30)),
    declaredBefore: vault(withSoftDelete(14)),
    reactions: refusedOn(
      "softDelete",
      outside(
        'softDelete: { state: "on", retentionInDays: 90 }',
        'softDelete: { state: "on", retentionInDays: 30 }',
      ),
    ),
  },
  {
    situation: "own vault, strengthened by others, and a refresh has seen it",
    given: strengthened,
    declares: vault(withSoftDelete(14), otherTag),
    declaredBefore: vault(withSoftDelete(14)),
    keeps: { drift: { properties: withSoftDelete(90) } },
    reactions: refusedOn(
      "softDelete",
      outside(
        'softDelete: { state: "on", retentionInDays: 90 }',
        'softDelete: { state: "on", retentionInDays: 14 }',
      ),
    ),
  },
  {
    situation: "own vault, strengthened by others, and the program declares what is there",
    given: strengthened,
    declares: vault(withSoftDelete(90)),
    declaredBefore: vault(withSoftDelete(14)),
    reactions: { preview: plan("update", [seen]), update: green([seen, seen]) },
  },
  {
    situation: "own vault, with soft delete that the program itself makes shorter",
    given: audited(90),
    declares: vault(withSoftDelete(30)),
    declaredBefore: vault(withSoftDelete(90)),
    asksFor: ["softDelete"],
    reactions: { preview: plan("update", [seen]), update: green(updated) },
  },
  {
    situation:
      "own vault, with soft delete that the program itself makes shorter, and that others have made longer",
    given: audited(180),
    declares: vault(withSoftDelete(30)),
    declaredBefore: vault(withSoftDelete(90)),
    reactions: refusedOn(
      "softDelete",
      outside(
        'softDelete: { state: "on", retentionInDays: 180 }',
        'softDelete: { state: "on", retentionInDays: 30 }',
      ),
    ),
  },
  {
    situation: "own vault, with soft delete that the program turns off",
    given: madeThen(),
    declares: vault(withSoftDelete(0, "Off")),
    declaredBefore: vault(),
    asksFor: ["softDelete"],
    reactions: { update: green(updated) },
  },
  {
    situation: "own vault, with a setting that the program says no more",
    given: audited(90),
    declares: vault(),
    declaredBefore: vault(withSoftDelete(90)),
    reactions: { preview: plan("update", [seen]), update: green([seen, seen]) },
  },
  {
    situation: "own vault, weakened by others",
    given: madeThen({ properties: withSoftDelete(0, "Off") }),
    declares: vault(),
    reactions: {
      preview: plan("update", [seen], changedOutside),
      refresh: shows("drift of properties", [seen]),
      update: green(updated, changedOutside),
    },
  },
  {
    situation: "own vault, without its identity and one of its tags",
    given: madeThen({ identity: { type: "None" }, tags: { "pulumi-stack": "shop/dev", audited: "2026" } }),
    declares: vault(),
    reactions: {
      preview: plan("update", [seen], changedOutside),
      refresh: shows("drift of identity, tags", [seen]),
      update: green(updated, changedOutside),
    },
  },
  {
    situation: "own vault, gone",
    declares: vault(),
    reactions: {
      preview: plan(
        "update",
        ["GET the vault 404 ResourceNotFound"],
        "warning: the Backup vault is gone: this update creates it again",
      ),
      refresh: goneFromState(["GET the vault 404 ResourceNotFound"]),
      update: green(
        ["GET the vault 404 ResourceNotFound", "GET the vault 404 ResourceNotFound", ...put, seen],
        "warning: the Backup vault is gone: this update creates it again",
      ),
    },
  },
  ...(
    [
      [
        "soft delete that is always on",
        withSoftDelete(14, "AlwaysOn"),
        withSoftDelete(14),
        "softDelete",
        'softDelete: { state: "alwaysOn", acknowledge: "this cannot be undone" }',
      ],
      [
        "immutability that is locked",
        immutable("Locked"),
        immutable("Unlocked"),
        "immutability.state",
        'immutability: { state: "locked", acknowledge: "this cannot be undone" }',
      ],
      ["cross-region restore", crossRegion, {}, "crossRegionRestore", "crossRegionRestore: true"],
    ] as const
  ).map(([what, before, declared, property, declaration]) => ({
    situation: `own vault, and the program takes back ${what}`,
    given: madeThen({ properties: before }),
    declares: vault(declared),
    declaredBefore: vault(before),
    reactions: refusedOn(property, noWayBack(declaration), []),
  })),
  {
    situation: "own vault, in use, and the program has another redundancy",
    given: async (site: Site): Promise<void> => {
      await madeThen({ properties: redundant("LocallyRedundant") })(site);
      await site.put(`${ownVaultId(site)}/backupPolicies/disk`, await site.policyBody("disk"));
      await protectDisk(site, undefined, { vaultId: ownVaultId(site) });
    },
    declares: vault(redundant("GeoRedundant")),
    declaredBefore: vault(redundant("LocallyRedundant")),
    reactions: refusedOn(
      "redundancy",
      "Azure cannot change it any more, since the vault holds backups ({group}/providers/Microsoft.DataProtection/backupVaults/own-{n}/backupInstances/{instanceName}): " +
        'declare `redundancy: "LocallyRedundant"`, or have another vault by another vaultName (correlation id {id})',
      [seen, "GET backupInstances 200", "GET deletedBackupInstances 200"],
    ),
  },
  {
    situation: "own vault, not in use, and the program has another redundancy",
    given: madeThen({ properties: redundant("LocallyRedundant") }),
    declares: vault(redundant("GeoRedundant")),
    declaredBefore: vault(redundant("LocallyRedundant")),
    reactions: {
      update: green([
        seen,
        "GET backupInstances 200",
        "GET deletedBackupInstances 200",
        seen,
        "GET backupInstances 200",
        "GET deletedBackupInstances 200",
        ...put,
        seen,
      ]),
    },
  },
  {
    situation: "own vault, of another stack by now",
    given: madeThen({ tags: { "pulumi-stack": "shop/prod" } }),
    declares: vault({}, otherTag),
    declaredBefore: vault(),
    reactions: {
      ...refusedOn("resourceId", belongsTo),
      delete: deleted(
        [seen],
        "warning: left Backup vault {group}/providers/Microsoft.DataProtection/backupVaults/own-{n} in Azure: it belongs to stack shop/prod now",
      ),
    },
  },
  {
    situation: "own vault, of another stack by now, with nothing to change",
    given: madeThen({ tags: { owner: "platform", "pulumi-stack": "shop/prod" } }),
    declares: vault(),
    reactions: { preview: plan("same", [seen], `warning: resourceId: ${belongsTo}`) },
  },
  {
    situation: "own vault, left by a destroy, stronger than the program says",
    given: strengthened,
    declares: vault(withSoftDelete(14)),
    reactions: {
      create: redAbsent(
        "creating Backup vault {group}/providers/Microsoft.DataProtection/backupVaults/own-{n}: softDelete: " +
          outside(
            'softDelete: { state: "on", retentionInDays: 90 }',
            'softDelete: { state: "on", retentionInDays: 14 }',
          ),
        [seen],
      ),
    },
  },
  {
    situation: "own vault, new",
    declares: vault(),
    reactions: { create: green(["GET the vault 404 ResourceNotFound", ...put, seen]) },
  },
  {
    situation: "own vault, in the region of its group, and the stack gets a region of its own",
    given: madeThen(),
    declares: vault({}, { location: undefined }),
    keeps: { location: "westeurope" },
    config: { "azure-native:location": "northeurope" },
    reactions: { preview: plan("same", [seen]) },
  },
];
