import { redAbsent, redAsBefore, redKept } from "./reactions";
import { look, notRecoverable, put, seenGone, validated, lookForNew } from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { afterSecond, goesWrong, protectedThen } from "./situations";

/** Another tool has put a database under the name of our instance. */
function foundAsMySql(site: Site): void {
  const database = {
    datasourceType: "Microsoft.DBforMySQL/flexibleServers",
    resourceID: `${site.estate.groupId}/x`,
  };
  const properties = { objectType: "BackupInstance", dataSourceInfo: database, policyInfo: { policyId: "" } };
  const instance = { id: site.instanceId, name: "x", properties };
  goesWrong("GET", "/backupInstances$", { status: 200, body: { value: [instance] } })(site);
}

/** The service says of a deleted instance that it is there: so often that it is no lag. */
function staysForEver(site: Site): void {
  const { vaultId, instanceId, diskId } = site;
  const dataSourceInfo = { datasourceType: "Microsoft.Compute/disks", resourceID: diskId };
  const properties = { dataSourceInfo, policyInfo: { policyId: `${vaultId}/backupPolicies/disk` } };
  const body = { id: instanceId, name: "x", properties };
  goesWrong("GET", "/backupInstances/", { status: 200, body }, Infinity)(site);
}

/** What the service says, and what cannot be after what it said before. */
export const contradictionScenarios: Scenario[] = [
  {
    situation: "the deletion is over, and the instance is still there",
    given: protectedThen(staysForEver),
    reactions: {
      delete: redKept(
        "deleting backup instance {instance}: the service reports success, but the instance is still " +
          "there; run the update again (correlation id {id})",
        [
          look,
          "DELETE backupInstances/* 202",
          "GET operationStatus 200 Succeeded",
          notRecoverable,
          "GET backupInstances/* 200 (status 200)",
        ],
      ),
    },
  },
  {
    situation: "the instance protects something that this package does not know",
    given: protectedThen(foundAsMySql),
    reactions: {
      refresh: redAsBefore(
        "reading backup instance {instance}: it protects a Microsoft.DBforMySQL/flexibleServers, a kind of " +
          "datasource that this package does not know; remove it from the stack with `pulumi state delete` " +
          "(correlation id {id})",
        ["GET backupInstances 200 (status 200)"],
      ),
      create: redAbsent(
        "backup instance {instance} exists and protects {group}/x, not {disk}; give another name, or " +
          "delete that instance (correlation id {id})",
        ["GET backupInstances 200 (status 200)"],
      ),
    },
  },
  {
    situation: "somebody deletes the instance while it is being protected",
    given: (site) =>
      afterSecond(site, /backupInstances\/[^/]+$/, () => site.control.removeInstance(site.instanceId)),
    reactions: {
      create: redKept(
        "waiting for backup instance {instance} to be protected: it has vanished; somebody deleted it " +
          "meanwhile: run the update again (correlation id {id})",
        [...lookForNew, ...validated, ...put, seenGone],
      ),
    },
  },
];
