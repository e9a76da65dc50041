import { deleted, green, leftPaused, plan, redAsBefore } from "./reactions";
import {
  changed,
  deletion,
  look,
  goneForGood,
  ran,
  recovery,
  seen,
  seenProtected,
  validationRefused,
  lookForNew,
  lookedAround,
} from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { protectDisk, protectedThen } from "./situations";

const stopped = protectedThen(({ control, instanceId }) => control.stopProtection(instanceId));
const ofOtherStack = async (site: Site): Promise<void> => protectDisk(site, { "pulumi-stack": "shop/prod" });

const leavingAlone = (site: Site): object => site.diskBackup({ healDrift: false });
const stoppedAndLeft =
  "warning: the datasource is not protected (ProtectionStopped); healDrift is false, so it is left like that";
const ownedElsewhere =
  "warning: the backup instance belongs to stack shop/prod, so nothing is done about it here: take the resource out of this " +
  "program, which leaves the instance alone";

/** What was changed behind the stack's back, and the program or somebody else wants it left alone. */
export const driftScenarios: Scenario[] = [
  {
    situation: "the look at the live state is turned off, and protection is stopped",
    given: stopped,
    config: { "azure-dataprotection:lookForDrift": "false" },
    reactions: { preview: plan("same", []), update: plan("same", []) },
  },
  {
    situation: "healDrift is false, and protection is stopped",
    given: stopped,
    declares: leavingAlone,
    reactions: {
      preview: plan("same", [look], stoppedAndLeft),
      update: plan("same", [look], stoppedAndLeft),
      create: green([look, ...ran("resumeProtection"), seenProtected]),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "healDrift is false, protection is stopped, and the program has another policy",
    given: stopped,
    declares: (site) => site.diskBackup({ healDrift: false, policyId: site.policyId("disk-four-hourly") }),
    declaredBefore: leavingAlone,
    reactions: {
      preview: plan("update", [look], stoppedAndLeft),
      update: leftPaused([look, ...changed, seen("ProtectionStopped")], stoppedAndLeft),
    },
  },
  {
    situation: "healDrift is false, protection is stopped, and the program has another timeout",
    given: stopped,
    declares: (site) => site.diskBackup({ healDrift: false, timeouts: { update: "1h" } }),
    declaredBefore: leavingAlone,
    reactions: { update: leftPaused([look], stoppedAndLeft) },
  },
  {
    situation: "healDrift is false, and protection is stopped because the last run could not resume it",
    given: stopped,
    declares: leavingAlone,
    keeps: { isUnfinished: true },
    reactions: {
      update: green(
        [look, ...ran("resumeProtection"), seenProtected],
        "warning: the datasource is not protected (ProtectionStopped): this update takes the backups up again",
      ),
    },
  },
  {
    situation: "healDrift is false, and protection is broken",
    given: protectedThen(({ control, instanceId }) => control.breakProtection(instanceId)),
    declares: leavingAlone,
    reactions: {
      update: plan(
        "same",
        [look],
        "warning: the datasource is not protected (ProtectionError); healDrift is false, so it is left like that",
      ),
    },
  },
  {
    situation: "healDrift is false, and the instance is gone",
    declares: leavingAlone,
    reactions: {
      update: plan(
        "same",
        lookForNew,
        "warning: the backup instance is gone; healDrift is false, so it is left like that",
      ),
    },
  },
  {
    situation: "another stack has taken the instance over",
    given: ofOtherStack,
    reactions: {
      preview: plan("same", [look], ownedElsewhere),
      update: plan("same", [look], ownedElsewhere),
      delete: deleted([look], "left {instance} alone: it belongs to stack shop/prod"),
    },
  },
  {
    situation: "another stack has taken the instance over, and the program has another policy",
    given: ofOtherStack,
    declares: (site) => site.diskBackup({ policyId: site.policyId("disk-four-hourly") }),
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      update: redAsBefore(
        "backup instance {instance} belongs to stack shop/prod, and one instance cannot belong to two stacks; take the " +
          'resource out of this program, which leaves the instance alone, or declare takeOverFrom: "shop/prod" here and ' +
          "remove it there afterwards (correlation id {id})",
        [look],
        ownedElsewhere,
      ),
    },
  },
  {
    situation: "the resource was imported, and the instance belongs to another stack",
    given: ofOtherStack,
    keeps: { claimedBy: undefined },
    reactions: {
      update: plan("same", [look], ownedElsewhere),
      delete: deleted([look], "left {instance} alone: it belongs to stack shop/prod"),
    },
  },
  {
    situation: "the resource was imported, and is taken over from another stack",
    given: ofOtherStack,
    keeps: { claimedBy: undefined },
    declares: (site) => site.diskBackup({ takeOverFrom: "shop/prod" }),
    reactions: {
      preview: plan("update", [look]),
      update: green([look, ...changed, seenProtected]),
    },
  },
  {
    situation: "the resource was moved here from another stack by `pulumi state move`",
    given: ofOtherStack,
    keeps: { claimedBy: "shop/prod" },
    declares: (site) => site.diskBackup({ policyId: site.policyId("disk-four-hourly") }),
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      update: green([look, ...changed, seenProtected]),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "healDrift is false, the instance is soft-deleted, and the program has another timeout",
    place: { softDelete: "On" },
    given: protectedThen(({ control, instanceId }) => control.softDelete(instanceId)),
    declares: (site) => site.diskBackup({ healDrift: false, timeouts: { update: "1h" } }),
    declaredBefore: leavingAlone,
    reactions: {
      update: green(
        [
          ...lookForNew,
          validationRefused("UserErrorDppDatasourceAlreadyHasBackupInstance"),
          ...lookedAround,
          ...recovery,
          seenProtected,
        ],
        "warning: the backup instance is gone; healDrift is false, so it is left like that",
        "recovered the soft-deleted instance with its recovery points (deleted {time}, recoverable until {time})",
      ),
    },
  },
];
