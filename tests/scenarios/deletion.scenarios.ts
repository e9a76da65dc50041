import { deleted, green, plan, redAsBefore } from "./reactions";
import {
  deletion,
  goneForGood,
  lookAtVault,
  put,
  refusedByGuard,
  replacementAsked,
  seenProtected,
  unlocked,
  validated,
  look,
  paused,
} from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { guarded, protectedAccount, protectedDisk, protectedThen } from "./situations";

const replacing =
  "warning: a replacement deletes the old backup instance first, and its recovery points with it, unless the vault's soft " +
  "delete holds them";
const otherSnapshotGroup = (site: Site): object =>
  site.diskBackup({ datasource: site.diskIn(site.estate.groupId) });
const heldTooLong =
  "datasource.snapshotResourceGroupId: Azure Backup cannot change this in place, and vault {vault} would hold the old " +
  "instance, soft-deleted, for 14 days: as long it accepts no new one. Keep {snapshots}, or take the resource out of the " +
  "program until then (correlation id {id})";

/** How protection ends, and what a replacement does to it. */
export const deletionScenarios: Scenario[] = [
  {
    situation: "the vault has soft delete on",
    place: { softDelete: "On" },
    given: protectedDisk,
    reactions: {
      delete: deleted(
        [look, ...deletion, "GET deletedBackupInstances/* 200 SoftDeleted"],
        "{instance} is soft-deleted (deleted {time}, recoverable until {time}); until then it keeps " +
          "policy {vault}/backupPolicies/disk and its vault from being deleted",
      ),
    },
  },
  {
    situation: 'onDelete is "stopProtection"',
    given: protectedDisk,
    declares: (site) => site.diskBackup({ onDelete: "stopProtection" }),
    reactions: {
      delete: deleted(
        [look, ...paused("stopProtection")],
        "stopped the protection of {instance}; its recovery points are kept for ever",
      ),
    },
  },
  {
    situation: 'onDelete is "suspendBackups"',
    given: protectedDisk,
    declares: (site) => site.diskBackup({ onDelete: "suspendBackups" }),
    reactions: {
      delete: deleted(
        [look, ...paused("suspendBackups")],
        "suspended the backups of {instance}; its recovery points are kept as the policy says",
      ),
    },
  },
  {
    situation: 'onDelete is "stopProtection", and an interrupted run has stopped it',
    given: protectedThen(({ control, instanceId }) => control.stopProtection(instanceId)),
    declares: (site) => site.diskBackup({ onDelete: "stopProtection" }),
    reactions: {
      delete: deleted([look], "stopped the protection of {instance}; its recovery points are kept for ever"),
    },
  },
  {
    situation: 'onDelete is "suspendBackups", and an interrupted run has suspended them',
    given: protectedThen(({ control, instanceId }) => control.suspendBackups(instanceId)),
    declares: (site) => site.diskBackup({ onDelete: "suspendBackups" }),
    reactions: {
      delete: deleted(
        [look],
        "suspended the backups of {instance}; its recovery points are kept as the policy says",
      ),
    },
  },
  {
    situation: 'onDelete is "retain"',
    given: protectedDisk,
    declares: (site) => site.diskBackup({ onDelete: "retain" }),
    reactions: {
      delete: deleted([], "left {instance} as it is: no stack looks after it any more"),
    },
  },
  {
    situation: "operational backup of blobs is deleted",
    place: { softDelete: "On" },
    given: protectedAccount(),
    declares: (site) => site.blobBackup(),
    reactions: { delete: deleted([look, ...deletion, ...goneForGood]) },
  },
  {
    situation: "another snapshot resource group is declared, and the vault has soft delete on",
    place: { softDelete: "On" },
    given: protectedDisk,
    declares: otherSnapshotGroup,
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      preview: redAsBefore(heldTooLong, [lookAtVault]),
      update: redAsBefore(heldTooLong, [lookAtVault]),
    },
  },
  {
    situation: "another snapshot resource group is declared",
    given: protectedDisk,
    declares: otherSnapshotGroup,
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      preview: plan("replace", [lookAtVault, ...replacementAsked], replacing),
      update: green(
        [
          lookAtVault,
          ...replacementAsked,
          look,
          ...deletion,
          ...goneForGood,
          ...validated,
          ...put,
          seenProtected,
        ],
        replacing,
      ),
    },
  },
  {
    situation: "another snapshot resource group is declared, and a Resource Guard watches over deletions",
    given: guarded,
    declares: otherSnapshotGroup,
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      update: green(
        [
          lookAtVault,
          ...replacementAsked,
          look,
          ...refusedByGuard("DELETE backupInstances/*").filter((request) => request !== lookAtVault),
          unlocked,
          ...deletion,
          ...goneForGood,
          ...validated,
          ...put,
          seenProtected,
        ],
        replacing,
      ),
    },
  },
];
