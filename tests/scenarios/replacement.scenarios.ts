import { green, leaving, redAsBefore } from "./reactions";
import {
  deletion,
  goneForGood,
  look,
  lookForNew,
  lookForReplacement,
  put,
  seenProtected,
  validated,
  validationFailed,
  validationRefused,
  lookedAround,
} from "./requests";
import type { Reaction, Scenario } from "./scenario";
import type { Site } from "./site";
import { protectDisk, protectedThen } from "./situations";

const before = (site: Site): object => site.diskBackup();
const ofOtherDisk = (site: Site): object =>
  site.diskBackup({ datasource: site.diskIn(site.snapshotsId, `${site.diskId}-other`) });
const inOtherVault =
  (policy: string): ((site: Site) => object) =>
  (site) =>
    site.diskBackup({
      vaultId: site.otherVaultId,
      policyId: `${site.otherVaultId}/backupPolicies/${policy}`,
    });
const leftAlone = "The old protection is left as it is";
const replacing = "replacing backup instance {instance} by {otherVault}/backupInstances/{instanceName}";

const replacingDisk = "replacing backup instance {instance} by {vault}/backupInstances/disk-{n}-other-{guid}";

/** Refused by the preview and by the update, and the old instance protects the disk as before. */
function refused(message: string, requests: string[]): { preview: Reaction; update: Reaction } {
  const reaction = leaving("ProtectionConfigured", redAsBefore(message, requests));
  return { preview: reaction, update: reaction };
}

/** What is known to keep a replacement from succeeding is a refusal before anything is deleted for it. */
export const replacementScenarios: Scenario[] = [
  {
    situation: "the other vault is not there",
    given: protectedThen(() => undefined),
    declares: inOtherVault("disk"),
    declaredBefore: before,
    reactions: refused(
      `vaultId: ${replacing}: {otherVault} is not there: correct vaultId; where this program creates it, give the output that is its id. ${leftAlone} (correlation id {id})`,
      ["GET the vault 404 ResourceNotFound"],
    ),
  },
  {
    situation: "the policy is not in the other vault",
    given: protectedThen(async (site) => site.putOtherVault()),
    declares: inOtherVault("none"),
    declaredBefore: before,
    reactions: refused(
      `policyId: ${replacing}: {otherVault}/backupPolicies/none is not there: correct policyId; where this program creates it, give the output that is its id. ${leftAlone} (correlation id {id})`,
      ["GET the vault 200", "GET backupPolicies/none 404 UserErrorGenericResourceNotFound"],
    ),
  },
  {
    situation: "the other disk is not there",
    given: protectedThen(() => undefined),
    declares: ofOtherDisk,
    declaredBefore: before,
    reactions: refused(
      `datasource.diskId: ${replacingDisk}: {disk}-other is not there: correct datasource.diskId; where this program creates it, give the output that is its id. ${leftAlone} (correlation id {id})`,
      ["GET the vault 200", "GET backupPolicies/disk 200", "GET the datasource 404 ResourceNotFound"],
    ),
  },
  {
    situation: "the disk is gone, and another vault is to protect it",
    given: protectedThen(async (site) => {
      await site.putOtherVault();
      await site.estate.delete(site.diskId, "2024-03-02");
    }),
    declares: inOtherVault("disk"),
    declaredBefore: before,
    reactions: refused(
      `datasource.diskId: ${replacing}: {disk} is not there: correct datasource.diskId; where this program creates it, give the output that is its id. ${leftAlone} (correlation id {id})`,
      ["GET the vault 200", "GET backupPolicies/disk 200", "GET the datasource 404 ResourceNotFound"],
    ),
  },
  {
    situation: "another instance protects the other disk",
    given: protectedThen(async (site) => {
      const diskId = await site.putOtherDisk();
      await protectDisk(site, undefined, { name: "by-hand", diskId });
    }),
    declares: ofOtherDisk,
    declaredBefore: before,
    reactions: refused(
      `datasource: ${replacingDisk}: {vault}/backupInstances/by-hand protects {disk}-other, and a datasource can be protected once only: end that protection first, or leave it to that one. ${leftAlone} (correlation id {id})`,
      lookForReplacement,
    ),
  },
  {
    situation: "the service would not protect the other disk",
    given: protectedThen(async (site) => {
      await site.estate.putDisk(`${site.diskId}-other`, "northeurope");
    }),
    declares: (site) =>
      site.diskBackup({
        datasource: { ...site.diskIn(site.snapshotsId, `${site.diskId}-other`), location: "northeurope" },
      }),
    declaredBefore: before,
    reactions: refused(
      `datasource: ${replacingDisk}: UserErrorDatasourceAndBackupVaultLocationMismatch: The datasource is in northeurope and the Backup vault in westeurope. Use a Backup vault in the location of the datasource. Vault and datasource must be in one region: use a vault in the datasource's region instead of {vault}. (correlation id {id})`,
      [
        ...lookForReplacement,
        ...lookForNew,
        ...validationFailed("UserErrorDatasourceAndBackupVaultLocationMismatch"),
        ...lookedAround,
      ],
    ),
  },
  {
    situation: "another vault is declared, and all is there",
    given: protectedThen(async (site) => site.putOtherVault()),
    declares: inOtherVault("disk"),
    declaredBefore: before,
    reactions: {
      update: green(
        [
          ...lookForReplacement,
          ...lookForNew,
          validationRefused("UserErrorDppDatasourceAlreadyProtected"),
          look,
          ...deletion,
          ...goneForGood,
          ...validated,
          ...put,
          seenProtected,
        ],
        "warning: a replacement deletes the old backup instance first, and its recovery points with it, unless the vault's soft " +
          "delete holds them",
      ),
    },
  },
];
