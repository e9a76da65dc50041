import { deleted, green, plan, redKept, shows } from "./reactions";
import {
  changed,
  changeValidated,
  deletion,
  goneForGood,
  look,
  lookAtDeleted,
  lookForNew,
  lookForProtector,
  notRecoverable,
  put,
  ran,
  recovery,
  seen,
  seenGone,
  seenProtected,
  validated,
  validationRefused,
} from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { goesWrong, protectedAccount, protectedThen } from "./situations";

const instancePath = /\/backupInstances\/[^/]+$/;
const otherPolicy = (site: Site): object => site.diskBackup({ policyId: site.policyId("disk-four-hourly") });
const before = (site: Site): object => site.diskBackup();
const seenLate = "GET backupInstances/* 200 ProtectionConfigured (lag)";

/** Reads of the instance answer as before a write, a few times. */
function lagging(method: string, reads = 3): (site: Site) => void {
  return ({ control }) =>
    void control.injectLag({ match: { path: instancePath }, behind: { method, path: instancePath }, reads });
}

/** The service takes a change, and does not make it. */
const notMade = goesWrong("PUT", "/backupInstances/", {
  status: 202,
  headers: { "retry-after-ms": "5" },
});

/** It shows what was before. */
function notAsDeclared(property: string, actual: string, declared: string, instance = "{instance}"): string {
  return (
    `waiting for backup instance ${instance} to be as it is declared: the service has accepted that, and shows ${property} ` +
    `${actual} instead of ${declared}; run the update again, and where that does not help, look into the activity log of the ` +
    "instance for what changes it back (correlation id {id})"
  );
}

const changeNotMade = [
  look,
  ...changeValidated,
  "PUT backupInstances/* 202 Accepted (status 202)",
  seenProtected,
];

/** The list of the vault lacks what is there. */
const lacking = goesWrong("GET", "/backupInstances$", { status: 200, body: { value: [] } });
const lackingList = "GET backupInstances 200 (status 200)";

async function notMadeForAccount(site: Site): Promise<void> {
  await protectedAccount(["invoices"])(site);
  notMade(site);
}

/** Reads that show something else than what was written, or than what is there: some for a moment, others for good. */
export const lagScenarios: Scenario[] = [
  {
    situation: "reads show a new instance late",
    given: lagging("PUT"),
    reactions: {
      create: green([...lookForNew, ...validated, ...put, `${seenGone} (lag)`, seenProtected]),
    },
  },
  {
    situation: "reads show the new policy late",
    given: protectedThen(lagging("PUT")),
    declares: otherPolicy,
    declaredBefore: before,
    reactions: { update: green([look, ...changed, seenLate, seenProtected]) },
  },
  {
    situation: "reads show late that backups are taken up again",
    given: protectedThen((site) => {
      site.control.stopProtection(site.instanceId);
      site.after(/resumeProtection$/, () => goesWrongWithState(site, "ProtectionStopped"));
    }),
    reactions: {
      update: green(
        [
          look,
          ...ran("resumeProtection"),
          "GET backupInstances/* 200 ProtectionStopped (status 200)",
          seenProtected,
        ],
        "warning: the datasource is not protected (ProtectionStopped): this update takes the backups up again",
      ),
    },
  },
  {
    situation: "reads show late that the instance is repaired",
    given: protectedThen((site) => {
      site.control.breakProtection(site.instanceId);
      site.after(/sync$/, () => goesWrongWithState(site, "NotProtected"));
    }),
    reactions: {
      update: green(
        [
          look,
          seen("ProtectionError"),
          ...ran("sync"),
          "GET backupInstances/* 200 NotProtected (status 200)",
          seenProtected,
        ],
        "warning: the datasource is not protected (ProtectionError): this update has the service repair it",
      ),
    },
  },
  {
    situation: "reads show a recovered instance late",
    place: { softDelete: "On" },
    given: protectedThen((site) => {
      site.control.softDelete(site.instanceId);
      site.after(/undelete$/, () => goesWrong("GET", "/backupInstances/", { status: 404 }, 3)(site));
    }),
    reactions: {
      create: green(
        [
          ...lookForNew,
          validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"),
          lookForProtector,
          lookAtDeleted,
          "POST deletedBackupInstances/*/undelete 200",
          "GET backupInstances/* 404 NotFound (status 404)",
          ...recovery.slice(1),
          seenProtected,
        ],
        "recovered the soft-deleted instance with its recovery points (deleted {time}, recoverable until {time})",
      ),
    },
  },
  {
    situation: "reads show a deleted instance for a while",
    given: protectedThen(lagging("DELETE")),
    reactions: {
      delete: deleted([look, ...deletion, notRecoverable, seenLate, ...goneForGood]),
    },
  },
  {
    situation: "the service takes another policy, and does not bind to it",
    given: protectedThen(notMade),
    declares: otherPolicy,
    declaredBefore: before,
    reactions: {
      update: redKept(
        notAsDeclared("policyId", "{vault}/backupPolicies/disk", "{vault}/backupPolicies/disk-four-hourly"),
        changeNotMade,
      ),
    },
  },
  {
    situation: "the service takes another friendly name, and does not set it",
    given: protectedThen(notMade),
    declares: (site) => site.diskBackup({ friendlyName: "chosen" }),
    declaredBefore: before,
    reactions: { update: redKept(notAsDeclared("friendlyName", "disk-{n}", "chosen"), changeNotMade) },
  },
  {
    situation: "the service takes other containers, and does not protect them",
    given: notMadeForAccount,
    declares: (site) => site.blobBackup(["invoices", "contracts"]),
    declaredBefore: (site) => site.blobBackup(["invoices"]),
    reactions: {
      update: redKept(
        notAsDeclared(
          "datasource.containers",
          '{"containers":["invoices"]}',
          '{"containers":["invoices","contracts"]}',
          "{blobInstance}",
        ),
        changeNotMade,
      ),
    },
  },
  {
    situation: "the list of the vault lacks the instance",
    given: protectedThen(lacking),
    isAlone: true,
    reactions: {
      previewOfCreate: plan("create", [lackingList, seenProtected]),
      create: green([lackingList, seenProtected]),
      preview: plan("same", [lackingList, seenProtected]),
      refresh: shows("ProtectionConfigured", [lackingList, seenProtected]),
      update: plan("same", [lackingList, seenProtected]),
      delete: deleted([lackingList, seenProtected, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "the list of the vault lacks the instance, and so does the first look at itself",
    given: protectedThen((site) => {
      lacking(site);
      goesWrong("GET", "/backupInstances/", { status: 404 })(site);
    }),
    isAlone: true,
    reactions: {
      refresh: shows("ProtectionConfigured", [
        lackingList,
        "GET backupInstances/* 404 NotFound (status 404)",
        seenProtected,
      ]),
      create: green([
        lackingList,
        "GET backupInstances/* 404 NotFound (status 404)",
        validationRefused("UserErrorDppDatasourceAlreadyProtected"),
        lookForProtector,
        seenProtected,
      ]),
    },
  },
];

/** The next looks at the instance show it in a state. */
function goesWrongWithState(site: Site, currentProtectionState: string): void {
  const { instanceId, vaultId, diskId, snapshotsId } = site;
  const body = {
    id: instanceId,
    name: "x",
    properties: {
      friendlyName: diskId.replace(/^.*\//, ""),
      currentProtectionState,
      dataSourceInfo: { datasourceType: "Microsoft.Compute/disks", resourceID: diskId },
      policyInfo: {
        policyId: `${vaultId}/backupPolicies/disk`,
        policyParameters: {
          dataStoreParametersList: [{ dataStoreType: "OperationalStore", resourceGroupId: snapshotsId }],
        },
      },
    },
  };
  goesWrong("GET", "/backupInstances/[^/]+$", { status: 200, body }, 3)(site);
}
