import { deleted, green, plan, shows } from "./reactions";
import { deletion, look, goneForGood, ran, seenProtected } from "./requests";
import type { Scenario } from "./scenario";
import { inState, protectedDisk, protectedThen } from "./situations";

/** Backups that somebody paused: previews say so, and updates take them up again. */
function takenUpAgain(
  protectionState: string,
  action: "resumeProtection" | "resumeBackups",
): Scenario["reactions"] {
  const warning = `warning: the datasource is not protected (${protectionState}): this update takes the backups up again`;
  return {
    previewOfCreate: plan("create", [look]),
    create: green([look, ...ran(action), seenProtected]),
    preview: plan("update", [look], warning),
    refresh: shows(protectionState, [look]),
    update: green([look, ...ran(action), seenProtected], warning),
    delete: deleted([look, ...deletion, ...goneForGood]),
  };
}

/** The states in which backups are taken, or were taken until somebody paused them. */
export const stateScenarios: Scenario[] = [
  {
    situation: "ProtectionConfigured",
    given: protectedDisk,
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look]),
      preview: plan("same", [look]),
      refresh: shows("ProtectionConfigured", [look]),
      update: plan("same", [look]),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "ProtectionStopped: somebody stopped the protection at the portal",
    given: protectedThen(({ control, instanceId }) => control.stopProtection(instanceId)),
    reactions: takenUpAgain("ProtectionStopped", "resumeProtection"),
  },
  {
    situation: "BackupsSuspended: somebody suspended the backups at the portal",
    given: protectedThen(({ control, instanceId }) => control.suspendBackups(instanceId)),
    reactions: takenUpAgain("BackupsSuspended", "resumeBackups"),
  },
  {
    situation: "BackupSchedulesSuspended",
    given: inState("BackupSchedulesSuspended"),
    reactions: takenUpAgain("BackupSchedulesSuspended", "resumeBackups"),
  },
  {
    situation: "RetentionSchedulesSuspended",
    given: inState("RetentionSchedulesSuspended"),
    reactions: takenUpAgain("RetentionSchedulesSuspended", "resumeBackups"),
  },
];
