import { green, plan, redAsBefore, refusedFromPreviewOn } from "./reactions";
import {
  changeRefused,
  changeValidated,
  changed,
  look,
  put,
  seenProtected,
  validated,
  lookForNew,
  lookForReplacement,
  seenGone,
} from "./requests";
import type { Reaction, Scenario } from "./scenario";
import type { Site } from "./site";
import { protectDisk, protectedAccount, protectedDisk, protectedThen } from "./situations";

/** Refused before any request, by the preview and the update alike. */
function refusedUnasked(message: string): { preview: Reaction; update: Reaction } {
  return { preview: redAsBefore(message, []), update: redAsBefore(message, []) };
}

const noContainersAnyMore =
  "there are none any more, and Azure Backup cannot take the containers of a vaulted backup away; name at least one, or take " +
  "the resource out of the program for one update to begin anew, which deletes its recovery points";
/** Refused because what the old instance leaves behind, as state says, would stand in the way. */
const collision = (
  onDelete: string,
  whatStays: string,
  why: string,
): { preview: Reaction; update: Reaction } =>
  refusedUnasked(
    `onDelete: it was "${onDelete}", so a replacement ${whatStays}; but what is declared now needs a new instance in its ` +
      `place, and ${why}. Declare onDelete: "delete" in an update of its own first, or what was declared before`,
  );
const onceOnly = "a datasource can be protected once only";
const operational = (site: Site): object =>
  site.blobBackup(undefined, { policyId: site.policyId("blob-vaulted") });
const withoutRetention = (site: Site): object => site.diskBackup({ onDelete: "retain" });

/** Nothing keeps the other disk from being protected. */
const askedForOtherDisk = [...lookForReplacement, ...lookForNew, ...validated];

async function renamedInVault(site: Site): Promise<void> {
  await protectDisk(site, { "pulumi-stack": "shop/dev" }, { name: "chosen" });
}

/** What the program wants to make of what state holds. */
export const transitionScenarios: Scenario[] = [
  {
    situation: "containers are added",
    given: protectedAccount(["invoices"]),
    declares: (site) => site.blobBackup(["invoices", "contracts"]),
    declaredBefore: (site) => site.blobBackup(["invoices"]),
    reactions: { preview: plan("update", [look]), update: green([look, ...changed, seenProtected]) },
  },
  {
    situation: "the last container is taken away",
    given: protectedAccount(["invoices"]),
    declares: operational,
    declaredBefore: (site) => site.blobBackup(["invoices"]),
    reactions: refusedUnasked(`datasource.containers: ${noContainersAnyMore}`),
  },
  {
    situation: "a vaulted backup is there, and none of its containers is declared",
    given: protectedAccount(["invoices"]),
    declares: operational,
    reactions: refusedFromPreviewOn(
      "datasource.containers",
      `updating backup instance {blobInstance}: datasource.containers: ${noContainersAnyMore} (correlation id {id})`,
      [look],
    ),
  },
  {
    situation: "another name is declared",
    given: protectedDisk,
    declares: (site) => site.diskBackup({ name: "chosen" }),
    declaredBefore: (site) => site.diskBackup(),
    reactions: refusedUnasked(
      'name: Azure Backup cannot rename the instance "{instanceName}"; a new one would end the protection and its recovery ' +
        'points first. Keep name: "{instanceName}", or take the resource out of the program for one update to begin anew',
    ),
  },
  {
    situation: 'another vault is declared, and onDelete was "retain"',
    given: protectedDisk,
    declares: (site) =>
      site.diskBackup({ vaultId: site.otherVaultId, policyId: `${site.otherVaultId}/backupPolicies/disk` }),
    declaredBefore: withoutRetention,
    reactions: collision("retain", "leaves the old backup instance as it is", onceOnly),
  },
  {
    situation: 'another snapshot resource group is declared, and onDelete was "stopProtection"',
    given: protectedDisk,
    declares: (site) =>
      site.diskBackup({ onDelete: "stopProtection", datasource: site.diskIn(site.estate.groupId) }),
    declaredBefore: (site) => site.diskBackup({ onDelete: "stopProtection" }),
    reactions: collision(
      "stopProtection",
      "stops the protection of the old backup instance first, and keeps its recovery points for ever",
      onceOnly,
    ),
  },
  {
    situation: 'another disk is declared under the same name, and onDelete was "suspendBackups"',
    given: renamedInVault,
    declares: (site) =>
      site.diskBackup({ name: "chosen", datasource: site.diskIn(site.snapshotsId, `${site.diskId}-other`) }),
    declaredBefore: (site) => site.diskBackup({ name: "chosen", onDelete: "suspendBackups" }),
    reactions: collision(
      "suspendBackups",
      "suspends the backups of the old instance first, and keeps its recovery points as the policy says",
      'two instances of a vault cannot be called "chosen"',
    ),
  },
  {
    situation: 'another disk is declared, and onDelete was "retain"',
    given: protectedThen(async (site) => void (await site.putOtherDisk())),
    declares: (site) =>
      site.diskBackup({ datasource: site.diskIn(site.snapshotsId, `${site.diskId}-other`) }),
    declaredBefore: withoutRetention,
    reactions: {
      preview: plan(
        "replace",
        askedForOtherDisk,
        "warning: a replacement leaves the old backup instance as it is",
      ),
      update: green(
        [...askedForOtherDisk, seenGone, ...validated, ...put, seenProtected],
        "warning: a replacement leaves the old backup instance as it is",
        "left {instance} as it is: no stack looks after it any more",
      ),
    },
  },
  {
    situation: "validateOnPreview is true, and the new policy is for another kind of datasource",
    given: protectedDisk,
    declares: (site) =>
      site.diskBackup({ validateOnPreview: true, policyId: site.policyId("blob-operational") }),
    declaredBefore: (site) => site.diskBackup({ validateOnPreview: true }),
    reactions: {
      preview: redAsBefore(
        "datasource: updating backup instance {instance}: UserErrorInvalidParameterInRequest: The backup policy " +
          "blob-operational is for Microsoft.Storage/storageAccounts/blobServices, not for Microsoft.Compute/disks. Provide a " +
          "policy for the type of the datasource. (correlation id {id})",
        [look, ...changeRefused("UserErrorInvalidParameterInRequest")],
      ),
    },
  },
  {
    situation: "validateOnPreview is true, and the new policy serves the disk",
    given: protectedDisk,
    declares: (site) =>
      site.diskBackup({ validateOnPreview: true, policyId: site.policyId("disk-four-hourly") }),
    declaredBefore: (site) => site.diskBackup({ validateOnPreview: true }),
    reactions: { preview: plan("update", [look, ...changeValidated]) },
  },
  {
    situation: "validateOnPreview is true, and nothing is to change",
    given: protectedDisk,
    declares: (site) => site.diskBackup({ validateOnPreview: true }),
    reactions: { preview: plan("same", [look]) },
  },
];
