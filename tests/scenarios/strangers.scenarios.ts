import { deleted, green, plan, redAbsent, redAsBefore, shows } from "./reactions";
import {
  deletion,
  goneForGood,
  lookAtDeleted,
  put,
  lookForNew,
  seenGone,
  seenProtected,
  validated,
  validationRefused,
  lookForProtector,
} from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { goesWrong, protectedThen } from "./situations";

/** An instance that another tool has made, of a kind and in a form that this package has never seen. */
function stranger(
  site: Site,
  properties: object = { objectType: "FleetInstance", members: [{ id: "x" }] },
): object {
  return { id: `${site.vaultId}/backupInstances/stranger`, name: "stranger", properties };
}

/** The vault's list shows these besides what is in it. */
function listedBeside(...strangers: ((site: Site) => unknown)[]): (site: Site) => Promise<void> {
  return async (site) => {
    const ours = await site.find(site.instanceId);
    const value = [...strangers.map((make) => make(site)), ...(ours === undefined ? [] : [ours])];
    goesWrong("GET", "/backupInstances$", { status: 200, body: { value } }, Infinity)(site);
  };
}

const beside = listedBeside(
  (site) => stranger(site),
  (site) => stranger(site, { dataSourceInfo: { resourceID: site.diskId }, policyInfo: {} }),
  (site) => ({ id: `${site.vaultId}/backupInstances/bare` }),
  () => null,
  () => ({ kind: "of the future" }),
);
const listed = "GET backupInstances 200 (status 200)";

/** Our own instance in a form that this package does not understand. */
const oursChanged = protectedThen(async (site) => {
  const { name } = (await site.find(site.instanceId)) as { name: string };
  const body = { id: site.instanceId, name, properties: { objectType: "BackupInstance" } };
  goesWrong("GET", "/backupInstances$", { status: 200, body: { value: [body, stranger(site)] } })(site);
  goesWrong("GET", "/backupInstances/[^/]+$", { status: 200, body })(site);
});
const notUnderstood =
  "GET {instance}: the service answered 200 with something else than the instance: the instance.properties.dataSourceInfo " +
  "is no object";
const ownLook = [listed, "GET backupInstances/* 200 (status 200)"];

/** A soft-deleted instance of the disk that is not understood. */
function deletedStranger(site: Site): void {
  site.control.softDelete(site.instanceId);
  const properties = { dataSourceInfo: { resourceID: site.diskId } };
  const value = [{ id: `${site.vaultId}/deletedBackupInstances/stranger`, name: "stranger", properties }];
  goesWrong("GET", "/deletedBackupInstances$", { status: 200, body: { value } })(site);
}

/** What others keep in the vault: it is theirs, and ours is seen beside it. */
export const strangerScenarios: Scenario[] = [
  {
    situation: "the vault's list shows instances of others that this package cannot read",
    given: protectedThen(beside),
    reactions: {
      preview: plan("same", [listed]),
      update: plan("same", [listed]),
      refresh: shows("ProtectionConfigured", [listed]),
      delete: deleted([listed, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "the vault's list shows instances of others that this package cannot read, each with its id",
    given: protectedThen(listedBeside((site) => stranger(site))),
    reactions: {
      preview: plan("same", [listed]),
      refresh: shows("ProtectionConfigured", [listed]),
    },
  },
  {
    situation:
      "the vault's list shows instances of others that this package cannot read, and ours is stopped",
    given: protectedThen(async (site) => {
      site.control.stopProtection(site.instanceId);
      await listedBeside((other) => stranger(other))(site);
    }),
    reactions: {
      preview: plan(
        "update",
        [listed],
        "warning: the datasource is not protected (ProtectionStopped): this update takes the backups up again",
      ),
    },
  },
  {
    situation: "the vault's list shows an instance of others that this package cannot read, and ours is new",
    given: listedBeside((site) => stranger(site)),
    reactions: {
      previewOfCreate: plan("create", [listed, seenGone, ...validated]),
      create: green([listed, seenGone, ...validated, ...put, seenProtected]),
    },
  },
  {
    situation: "our instance has come into a form that this package does not understand",
    given: oursChanged,
    reactions: {
      preview: plan(
        "same",
        ownLook,
        "warning: could not look at the live state of this backup instance, so it is not known whether it is still " +
          `protected: ${notUnderstood}`,
      ),
      refresh: redAsBefore(
        `reading backup instance {instance}: ${notUnderstood}; run it again. (correlation id {id})`,
        ownLook,
      ),
    },
  },
  {
    situation: "a soft-deleted instance names the disk, in a form that this package does not understand",
    place: { softDelete: "On" },
    given: protectedThen(deletedStranger),
    reactions: {
      create: redAbsent(
        "vault {vault} holds a soft-deleted backup instance that names {disk}, {vault}/deletedBackupInstances/stranger, in a " +
          "form that this version does not understand (it.properties.dataSourceInfo.datasourceType is no text); recover it at " +
          "the Azure portal, or wait until it is gone (correlation id {id})",
        [
          ...lookForNew,
          validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"),
          lookForProtector,
          `${lookAtDeleted} (status 200)`,
        ],
      ),
    },
  },
];
