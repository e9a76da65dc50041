import { deleted, green, plan, shows } from "./reactions";
import { deletion, look, goneForGood, ran, seenProtected } from "./requests";
import type { Scenario } from "./scenario";
import { inState, protectedDisk, protectedThen } from "./situations";

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
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look, ...ran("resumeProtection"), seenProtected]),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (ProtectionStopped): this update takes the backups up " +
          "again",
      ),
      refresh: shows("ProtectionStopped", [look]),
      update: green(
        [look, ...ran("resumeProtection"), seenProtected],
        "warning: the datasource is not protected (ProtectionStopped): this update takes the backups up " +
          "again",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "BackupsSuspended: somebody suspended the backups at the portal",
    given: protectedThen(({ control, instanceId }) => control.suspendBackups(instanceId)),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look, ...ran("resumeBackups"), seenProtected]),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (BackupsSuspended): this update takes the backups up " +
          "again",
      ),
      refresh: shows("BackupsSuspended", [look]),
      update: green(
        [look, ...ran("resumeBackups"), seenProtected],
        "warning: the datasource is not protected (BackupsSuspended): this update takes the backups up " +
          "again",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "BackupSchedulesSuspended",
    given: inState("BackupSchedulesSuspended"),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look, ...ran("resumeBackups"), seenProtected]),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (BackupSchedulesSuspended): this update takes the " +
          "backups up again",
      ),
      refresh: shows("BackupSchedulesSuspended", [look]),
      update: green(
        [look, ...ran("resumeBackups"), seenProtected],
        "warning: the datasource is not protected (BackupSchedulesSuspended): this update takes the " +
          "backups up again",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "RetentionSchedulesSuspended",
    given: inState("RetentionSchedulesSuspended"),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look, ...ran("resumeBackups"), seenProtected]),
      preview: plan(
        "update",
        [look],
        "warning: the datasource is not protected (RetentionSchedulesSuspended): this update takes the " +
          "backups up again",
      ),
      refresh: shows("RetentionSchedulesSuspended", [look]),
      update: green(
        [look, ...ran("resumeBackups"), seenProtected],
        "warning: the datasource is not protected (RetentionSchedulesSuspended): this update takes the " +
          "backups up again",
      ),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
];
