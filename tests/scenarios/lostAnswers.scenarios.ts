import { deleted, green, redKept } from "./reactions";
import {
  changeValidated,
  goneForGood,
  look,
  lookAtDeleted,
  lookForNew,
  notRecoverable,
  put,
  recovery,
  replacementAsked,
  seen,
  seenProtected,
  validated,
  validationRefused,
  lookForProtector,
} from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { afterSecond, goesWrong, protectedThen } from "./situations";

const soon = { "retry-after-ms": "5" };
const unknownStatus = "GET operationStatus 404 NotFound (status 404)";
const replacing =
  "warning: a replacement deletes the old backup instance first, and its recovery points with it, unless the vault's soft " +
  "delete holds them";

const instancePath = /backupInstances\/[^/]+$/;

/** From now on nobody knows the status of an operation. */
const loseStatus = goesWrong("GET", "/operationStatus/", { status: 404 }, Infinity);

/** From the first request of a kind on, nobody knows the status of an operation. */
function statusLostAfter(path: RegExp): (site: Site) => void {
  return (site) => site.after(path, () => loseStatus(site));
}

/** The status of an operation is not known for a moment. */
const statusLate = goesWrong("GET", "/operationStatus/", { status: 404 }, 2);
const stopping = (site: Site): object => site.diskBackup({ onDelete: "stopProtection" });
const suspending = (site: Site): object => site.diskBackup({ onDelete: "suspendBackups" });
const stopped = "stopped the protection of {instance}; its recovery points are kept for ever";
const suspended = "suspended the backups of {instance}; its recovery points are kept as the policy says";

function stillShows(state: string): string {
  return (
    "ending the backups of backup instance {instance}: the service has accepted that, and still shows " +
    `${state}; run this again (correlation id {id})`
  );
}

/** Operations whose status nobody knows any more, and requests that are repeated because the answer was lost. */
export const lostAnswerScenarios: Scenario[] = [
  {
    situation: "the status of an operation is not known for a moment",
    given: statusLate,
    reactions: {
      create: green([
        ...lookForNew,
        "POST validateForBackup 202",
        unknownStatus,
        "GET operationStatus 200 Succeeded",
        ...put,
        seenProtected,
      ]),
    },
  },
  {
    situation: "the status of the creation is lost",
    given: (site: Site): void => {
      afterSecond(site, instancePath, () => loseStatus(site));
    },
    reactions: {
      create: green([
        ...lookForNew,
        ...validated,
        "PUT backupInstances/* 201 ConfiguringProtection",
        unknownStatus,
        seenProtected,
      ]),
    },
  },
  {
    situation: "the status of a change is lost",
    given: protectedThen(statusLostAfter(instancePath)),
    declares: (site) => site.diskBackup({ policyId: site.policyId("disk-four-hourly") }),
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      update: green([
        look,
        ...changeValidated,
        "PUT backupInstances/* 201 UpdatingProtection",
        unknownStatus,
        seenProtected,
      ]),
    },
  },
  {
    situation: "the status of the deletion is lost",
    given: protectedThen(statusLostAfter(instancePath)),
    reactions: {
      delete: deleted([look, "DELETE backupInstances/* 202", unknownStatus, ...goneForGood]),
    },
  },
  {
    situation: "the status of the deletion is lost, and the vault has soft delete on",
    place: { softDelete: "On" },
    given: protectedThen(statusLostAfter(instancePath)),
    reactions: {
      delete: deleted(
        [look, "DELETE backupInstances/* 202", unknownStatus, "GET deletedBackupInstances/* 200 SoftDeleted"],
        "{instance} is soft-deleted (deleted {time}, recoverable until {time}); until then it keeps policy " +
          "{vault}/backupPolicies/disk and its vault from being deleted",
      ),
    },
  },
  {
    situation: "the status of the deletion is lost, and the service is at work on it at the deadline",
    given: protectedThen((site) => {
      const { instanceId, vaultId, diskId } = site;
      const dataSourceInfo = { datasourceType: "Microsoft.Compute/disks", resourceID: diskId };
      const policyInfo = { policyId: `${vaultId}/backupPolicies/disk` };
      const properties = { dataSourceInfo, policyInfo, currentProtectionState: "SoftDeleting" };
      statusLostAfter(instancePath)(site);
      goesWrong(
        "GET",
        "/backupInstances/",
        { status: 200, body: { id: instanceId, name: "x", properties } },
        Infinity,
      )(site);
    }),
    declares: (site) => site.diskBackup({ timeouts: { delete: "1s" } }),
    reactions: {
      delete: redKept(
        "deleting backup instance {instance}: the delete timeout of 1s has passed (last seen: SoftDeleting); run it again, and it " +
          "carries on from there (correlation id {id})",
        [
          look,
          "DELETE backupInstances/* 202",
          unknownStatus,
          notRecoverable,
          "GET backupInstances/* 200 SoftDeleting (status 200)",
        ],
      ),
    },
  },
  {
    situation: "the status of the end of protection is lost",
    given: protectedThen(statusLostAfter(/stopProtection$/)),
    declares: stopping,
    reactions: {
      delete: deleted(
        [look, "POST backupInstances/*/stopProtection 202", unknownStatus, seen("ProtectionStopped")],
        stopped,
      ),
    },
  },
  {
    situation: "the service accepts to stop the protection, and does not",
    given: protectedThen(
      goesWrong("POST", "/backupInstances/.*/stopProtection$", { status: 202, headers: soon }),
    ),
    declares: stopping,
    reactions: {
      delete: redKept(stillShows("ProtectionConfigured"), [
        look,
        "POST backupInstances/*/stopProtection 202 Accepted (status 202)",
        seenProtected,
      ]),
    },
  },
  {
    situation: "the service accepts to suspend the backups, and does not",
    given: protectedThen(
      goesWrong("POST", "/backupInstances/.*/suspendBackups$", { status: 202, headers: soon }),
    ),
    declares: suspending,
    reactions: {
      delete: redKept(stillShows("ProtectionConfigured"), [
        look,
        "POST backupInstances/*/suspendBackups 202 Accepted (status 202)",
        seenProtected,
      ]),
    },
  },
  {
    situation: "the answer to the recovery is lost",
    place: { softDelete: "On" },
    given: protectedThen((site) => {
      site.control.softDelete(site.instanceId);
      goesWrong("POST", "/deletedBackupInstances/.*/undelete$", "resetAfterAction")(site);
    }),
    reactions: {
      create: green(
        [
          ...lookForNew,
          validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"),
          lookForProtector,
          lookAtDeleted,
          "POST deletedBackupInstances/*/undelete 200 (resetAfterAction)",
          "POST deletedBackupInstances/*/undelete 404 UserErrorGenericResourceNotFound",
          ...recovery.slice(1),
          seenProtected,
        ],
        "recovered the soft-deleted instance with its recovery points (deleted {time}, recoverable until {time})",
      ),
    },
  },
  {
    situation: "the answer to the resumption is lost, and its repetition refused",
    given: protectedThen((site) => {
      site.control.stopProtection(site.instanceId);
      goesWrong("POST", "/backupInstances/.*/resumeProtection$", "resetAfterAction")(site);
      site.after(/resumeProtection$/, () =>
        goesWrong("POST", "/backupInstances/.*/resumeProtection$", { status: 400 })(site),
      );
    }),
    reactions: {
      update: green(
        [
          look,
          "POST backupInstances/*/resumeProtection 202 (resetAfterAction)",
          "POST backupInstances/*/resumeProtection 400 BadRequest (status 400)",
          seenProtected,
        ],
        "warning: the datasource is not protected (ProtectionStopped): this update takes the backups up again",
      ),
    },
  },
  {
    situation: "the answer to the suspension is lost, and its repetition refused",
    given: protectedThen((site) => {
      goesWrong("POST", "/backupInstances/.*/suspendBackups$", "resetAfterAction")(site);
      site.after(/suspendBackups$/, () =>
        goesWrong("POST", "/backupInstances/.*/suspendBackups$", { status: 409 })(site),
      );
    }),
    declares: suspending,
    reactions: {
      delete: deleted(
        [
          look,
          "POST backupInstances/*/suspendBackups 202 (resetAfterAction)",
          "POST backupInstances/*/suspendBackups 409 Conflict (status 409)",
          seen("BackupsSuspended"),
        ],
        suspended,
      ),
    },
  },
  {
    situation: "the answer to the PUT is lost, and its repetition refused",
    given: (site: Site): void => {
      goesWrong("PUT", "/backupInstances/", "resetAfterAction")(site);
      afterSecond(site, instancePath, () => goesWrong("PUT", "/backupInstances/", { status: 400 })(site));
    },
    reactions: {
      create: green([
        ...lookForNew,
        ...validated,
        "PUT backupInstances/* 201 ConfiguringProtection (resetAfterAction)",
        "PUT backupInstances/* 400 BadRequest (status 400)",
        seenProtected,
      ]),
    },
  },
  {
    situation: "the status of the deletion is lost, and something else takes its place",
    given: protectedThen((site) => {
      site.after(instancePath, () => goesWrong("GET", "/operationStatus/", { status: 404 }, 4)(site));
    }),
    declares: (site) => site.diskBackup({ datasource: site.diskIn(site.estate.groupId) }),
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      update: green(
        [
          "GET the vault 200",
          ...replacementAsked,
          look,
          "DELETE backupInstances/* 202",
          unknownStatus,
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
    situation: "the creation is cancelled, and the service gives no reason",
    given: (site: Site): void => {
      const body = { status: "Canceled" };
      afterSecond(site, instancePath, () =>
        goesWrong("GET", "/operationStatus/", { status: 200, body })(site),
      );
    },
    reactions: {
      create: redKept(
        "creating backup instance {instance}: Canceled: the operation ended so, and the service gives no reason. (correlation id {id})",
        [
          ...lookForNew,
          ...validated,
          "PUT backupInstances/* 201 ConfiguringProtection",
          "GET operationStatus 200 Canceled (status 200)",
        ],
      ),
    },
  },
];
