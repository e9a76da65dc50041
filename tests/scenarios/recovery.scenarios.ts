import {
  deleted,
  goneFromState,
  green,
  plan,
  redAbsent,
  redAsBefore,
  refusedFromPreviewOn,
} from "./reactions";
import {
  changed,
  lookForProtector,
  recovery,
  seenProtected,
  validationRefused,
  lookForNew,
  lookedAround,
} from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { protectDisk, protectedElsewhere, protectedThen } from "./situations";

const softDeleted = protectedThen(({ control, instanceId }) => control.softDelete(instanceId));

async function softDeletedByHand(site: Site): Promise<void> {
  await protectDisk(site, undefined, { name: "by-hand" });
  site.control.softDelete(`${site.vaultId}/backupInstances/by-hand`);
}

async function softDeletedAndProtectedElsewhere(site: Site): Promise<void> {
  await softDeleted(site);
  await protectedElsewhere(site);
}

async function softDeletedUnlistably(site: Site): Promise<void> {
  await softDeleted(site);
  const path = new RegExp(`${site.vaultId}/deletedBackupInstances`);
  site.control.injectFault({ match: { method: "GET", path }, fault: { status: 403 } });
}

/** How protection that has ended is had back, and what keeps it from that. */
export const recoveryScenarios: Scenario[] = [
  {
    situation: "the instance is soft-deleted",
    place: { softDelete: "On" },
    given: softDeleted,
    reactions: {
      previewOfCreate: plan("create", [
        ...lookForNew,
        validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"),
        ...lookedAround,
      ]),
      create: green(
        [
          ...lookForNew,
          validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"),
          ...lookedAround,
          ...recovery,
          seenProtected,
        ],
        "recovered the soft-deleted instance with its recovery points (deleted {time}, recoverable until " +
          "{time})",
      ),
      preview: plan(
        "update",
        lookForNew,
        "warning: the backup instance is gone: this update creates it again, or has it back if it is " +
          "soft-deleted",
      ),
      refresh: goneFromState(lookForNew),
      update: green(
        [
          ...lookForNew,
          validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"),
          ...lookedAround,
          ...recovery,
          seenProtected,
        ],
        "warning: the backup instance is gone: this update creates it again, or has it back if it is " +
          "soft-deleted",
        "recovered the soft-deleted instance with its recovery points (deleted {time}, recoverable until " +
          "{time})",
      ),
      delete: deleted(
        [...lookForNew, "DELETE backupInstances/* 204", "GET deletedBackupInstances/* 200 SoftDeleted"],
        "{instance} is soft-deleted (deleted {time}, recoverable until {time}); until then it keeps " +
          "policy {vault}/backupPolicies/disk and its vault from being deleted",
      ),
    },
  },
  {
    situation: "the instance is soft-deleted, and recoverSoftDeleted is false",
    place: { softDelete: "On" },
    given: softDeleted,
    declares: (site) => site.diskBackup({ recoverSoftDeleted: false }),
    reactions: {
      previewOfCreate: redAbsent(
        "recoverSoftDeleted: vault {vault} holds a soft-deleted backup instance of {disk}, {instanceName} (deleted " +
          "{time}, recoverable until {time}), and recoverSoftDeleted is false; set it to true to have the " +
          "instance back with its recovery points, or wait until it is gone (correlation id {id})",
        [...lookForNew, validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"), ...lookedAround],
      ),
      create: redAbsent(
        "vault {vault} holds a soft-deleted backup instance of {disk}, {instanceName} (deleted {time}, " +
          "recoverable until {time}), and recoverSoftDeleted is false; set it to true to have the instance " +
          "back with its recovery points, or wait until it is gone (correlation id {id})",
        [...lookForNew, validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"), ...lookedAround],
      ),
      update: redAsBefore(
        "vault {vault} holds a soft-deleted backup instance of {disk}, {instanceName} (deleted {time}, " +
          "recoverable until {time}), and recoverSoftDeleted is false; set it to true to have the instance " +
          "back with its recovery points, or wait until it is gone (correlation id {id})",
        [...lookForNew, validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"), ...lookedAround],
        "warning: the backup instance is gone: this update creates it again, or has it back if it is " +
          "soft-deleted",
      ),
    },
  },
  {
    situation: "the instance is soft-deleted under another name",
    place: { softDelete: "On" },
    given: softDeletedByHand,
    reactions: refusedFromPreviewOn(
      "name",
      "vault {vault} holds a soft-deleted backup instance of {disk}, by-hand, under another name than " +
        '{instanceName}; declare name: "by-hand" to have it back (correlation id {id})',
      [...lookForNew, validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"), ...lookedAround],
    ),
  },
  {
    situation: "the instance is soft-deleted, and kept its snapshots in another resource group",
    place: { softDelete: "On" },
    given: softDeleted,
    declares: (site) => site.diskBackup({ datasource: site.diskIn(site.estate.groupId) }),
    reactions: refusedFromPreviewOn(
      "datasource.snapshotResourceGroupId",
      "vault {vault} holds a soft-deleted backup instance of {disk}, {instanceName}, with " +
        "datasource.snapshotResourceGroupId {snapshots} instead of {group}; declare {snapshots} to have it " +
        "back, or wait until it is gone (deleted {time}, recoverable until {time}) (correlation id {id})",
      [...lookForNew, validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"), ...lookedAround],
    ),
  },
  {
    situation: "the instance is soft-deleted, and another vault protects the disk meanwhile",
    place: { softDelete: "On" },
    given: softDeletedAndProtectedElsewhere,
    reactions: {
      create: redAbsent(
        "creating backup instance {instance}: UserErrorDppDatasourceAlreadyProtected: Datasource is already protected under " +
          "the Backup vault {otherVault}. Delete the backup instance disk-{n} from the Backup vault {otherVault} to " +
          "re-protect the datasource in any other vault. A datasource can be protected once only, and backup instance " +
          "{otherVault}/backupInstances/{instanceName} protects this one: bring that under Pulumi with `npx " +
          "pulumi-azure-dataprotection import --vault-id {otherVault} --instance {instanceName}`, or end it with `az " +
          "dataprotection backup-instance delete --ids {otherVault}/backupInstances/{instanceName}`. (correlation id {id})",
        [...lookForNew, validationRefused("UserErrorDppDatasourceAlreadyProtected"), lookForProtector],
      ),
    },
  },
  {
    situation: "the instance is soft-deleted, and another policy is declared",
    place: { softDelete: "On" },
    given: softDeleted,
    declares: (site) => site.diskBackup({ policyId: site.policyId("disk-four-hourly") }),
    reactions: {
      create: green(
        [
          ...lookForNew,
          validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"),
          ...lookedAround,
          ...recovery,
          ...changed,
          seenProtected,
        ],
        "recovered the soft-deleted instance with its recovery points (deleted {time}, recoverable until {time})",
      ),
    },
  },
  {
    situation: "the deleted instances may not be listed",
    place: { softDelete: "On" },
    given: softDeletedUnlistably,
    isAlone: true,
    reactions: {
      previewOfCreate: plan(
        "create",
        [
          ...lookForNew,
          validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"),
          lookForProtector,
          "GET deletedBackupInstances 403 Forbidden (status 403)",
        ],
        "warning: this preview cannot tell whether the service would do this, because it may not ask: creating backup " +
          "instance {instance}: Forbidden: Forbidden, as a fault that was injected. This is about the identity that " +
          'deploys, not about the vault\'s: give it the role "Reader" on {group} with `az role assignment create ' +
          '--assignee-object-id <its object id> --role "Reader" --scope "{group}"`, and run this again once that counts. ' +
          "(correlation id {id})",
      ),
    },
  },
];
