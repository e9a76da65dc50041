import { deleted, green, plan, redAbsent, redAsBefore, redKept } from "./reactions";
import { look, put, seenProtected, validated, lookForNew, goneForGood, lookedAround } from "./requests";
import type { Scenario } from "./scenario";
import { goesWrong, protectedThen } from "./situations";

const soon = { "retry-after-ms": "5" };

/** What the network and a busy service do to requests: no effect twice, and state never forgets what may be there. */
export const networkScenarios: Scenario[] = [
  {
    situation: "the answer to the PUT is lost",
    given: goesWrong("PUT", "/backupInstances/", "resetAfterAction"),
    reactions: {
      create: green([
        ...lookForNew,
        ...validated,
        "PUT backupInstances/* 201 ConfiguringProtection (resetAfterAction)",
        "PUT backupInstances/* 201 UpdatingProtection",
        "GET operationStatus 200 Succeeded",
        seenProtected,
      ]),
    },
  },
  {
    situation: "the answer to the PUT is a proxy's page",
    given: goesWrong("PUT", "/backupInstances/", "html"),
    reactions: {
      create: redKept(
        "creating backup instance {instance}: PUT {instance}: the service answered 201 with text that is " +
          "not JSON; run it again. (correlation id {id})",
        [...lookForNew, ...validated, "PUT backupInstances/* 201 (html)"],
      ),
    },
  },
  {
    situation: "the PUT is answered without a body",
    given: goesWrong("PUT", "/backupInstances/", "emptyBody"),
    reactions: {
      create: redKept(
        "creating backup instance {instance}: PUT {instance}: the service answered 200 without a body; run " +
          "it again. (correlation id {id})",
        [...lookForNew, ...validated, "PUT backupInstances/* 200 (emptyBody)"],
      ),
    },
  },
  {
    situation: "the list of the live instances is answered without a body",
    given: protectedThen(goesWrong("GET", "/backupInstances$", "emptyBody")),
    isAlone: true,
    reactions: {
      preview: plan(
        "same",
        ["GET backupInstances 200 (emptyBody)"],
        "warning: could not look at the live state of this backup instance, so it is not known whether it is still " +
          "protected: GET {vault}/backupInstances: the service answered 200 without a body",
      ),
      refresh: redAsBefore(
        "reading backup instance {instance}: GET {vault}/backupInstances: the service answered 200 without " +
          "a body; run it again. (correlation id {id})",
        ["GET backupInstances 200 (emptyBody)"],
      ),
    },
  },
  {
    situation: "the answer to the recovery is a proxy's page",
    place: { softDelete: "On" },
    given: protectedThen(async (site) => {
      site.control.softDelete(site.instanceId);
      goesWrong("POST", "/deletedBackupInstances/.*/undelete$", "html")(site);
    }),
    reactions: {
      create: redKept(
        "creating backup instance {instance}: POST {vault}/deletedBackupInstances/{instanceName}/undelete: the " +
          "service answered 200 with text that is not JSON; run it again. (correlation id {id})",
        [
          ...lookForNew,
          "POST validateForBackup 400 UserErrorDppDatasourceAlreadyHasBackupInstance",
          ...lookedAround,
          "POST deletedBackupInstances/*/undelete 200 (html)",
        ],
      ),
    },
  },
  {
    situation: "the answer to the DELETE is lost",
    given: protectedThen(goesWrong("DELETE", "/backupInstances/", "resetAfterAction")),
    reactions: {
      delete: deleted([
        look,
        "DELETE backupInstances/* 202 (resetAfterAction)",
        "DELETE backupInstances/* 204",
        ...goneForGood,
      ]),
    },
  },
  {
    situation: "the service asks for patience with the PUT",
    given: goesWrong("PUT", "/backupInstances/", { status: 429, headers: soon }),
    reactions: {
      create: green([
        ...lookForNew,
        ...validated,
        "PUT backupInstances/* 429 TooManyRequests (status 429)",
        ...put,
        seenProtected,
      ]),
    },
  },
  {
    situation: "the service fails once, and is well again",
    given: goesWrong("POST", "/validateForBackup", { status: 500, headers: soon }),
    reactions: {
      create: green([
        ...lookForNew,
        "POST validateForBackup 500 InternalServerError (status 500)",
        ...validated,
        ...put,
        seenProtected,
      ]),
    },
  },
  {
    situation: "the service answers an error with an empty 406",
    given: goesWrong("POST", "/validateForBackup", { status: 406, body: "" }),
    reactions: {
      create: redAbsent(
        "creating backup instance {instance}: HTTP 406: the answer holds no error message. Azure Backup answers so in place " +
          "of its reason when a request accepts anything else than plain `application/json`, which this package sends: look " +
          "for a proxy on the way that rewrites the header Accept. (correlation id {id})",
        [...lookForNew, "POST validateForBackup 406 (status 406)", ...lookedAround],
      ),
    },
  },
  {
    situation: "a validation does not end before the deadline",
    given: goesWrong(
      "GET",
      "/operationStatus/",
      { status: 200, headers: soon, body: { status: "Inprogress" } },
      Infinity,
    ),
    declares: (site) => site.diskBackup({ timeouts: { create: "1s" } }),
    reactions: {
      create: redAbsent(
        "validating the protection of {disk} by vault {vault}: the create timeout of 1s has passed " +
          "(last seen: operation status Inprogress); run it again, and it carries on from there (correlation " +
          "id {id})",
        [...lookForNew, "POST validateForBackup 202"],
      ),
    },
  },
  {
    situation: "no request is answered before the deadline",
    given: goesWrong("POST", "/validateForBackup", "connectionReset", Infinity),
    declares: (site) => site.diskBackup({ timeouts: { create: "400ms" } }),
    reactions: {
      create: redAbsent(
        "waiting for an answer to POST {vault}/validateForBackup: the create timeout of 400ms has passed " +
          "(last seen: POST {vault}/validateForBackup: no answer from {endpoint}: socket hang up); run it " +
          "again, and it carries on from there",
        [...lookForNew, "POST validateForBackup (connectionReset)"],
      ),
    },
  },
];
