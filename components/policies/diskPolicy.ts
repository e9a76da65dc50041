import { checkProperties, invalidPolicy } from "./invalidPolicy";
import type { DiskPolicy } from "./policyDocument";
import { backupRule, readTiers, retentionRules } from "./policyRules";
import type { DeclaredTier } from "./policyRules";
import type { Retention, RetentionDuration } from "./retentionDuration";
import { readRetention } from "./retentionDuration";
import type { TimeOfDay } from "./schedule";
import { readSchedule } from "./schedule";

/** How often disks can be backed up. ISO 8601 is understood too. */
export type DiskBackupInterval =
  | "1 hour"
  | "2 hours"
  | "4 hours"
  | "6 hours"
  | "8 hours"
  | "12 hours"
  | "1 day"
  | "PT1H"
  | "PT2H"
  | "PT4H"
  | "PT6H"
  | "PT8H"
  | "PT12H"
  | "P1D";

/**
 * What a {@link diskPolicy} is declared with.
 *
 * Rules of the service, checked here (Microsoft's documentation of disk backup, 2025): the interval is 1, 2, 4, 6, 8 or 12
 * hours, or a day; backups are kept for at most a year; at most 450 backups of a disk are kept at a time, all rules
 * together, because a disk has at most 500 snapshots. Premium SSD v2 and Ultra disks take intervals of 12 hours and a day
 * only, which a policy cannot know.
 */
export interface DiskPolicyArgs {
  /** How often a backup is taken. */
  every: DiskBackupInterval;
  /**
   * Time of day of the first backup.
   *
   * @default "13:00", as in the service's template
   */
  at?: TimeOfDay;
  /**
   * Windows' name of the time zone of `at`, such as `"W. Europe Standard Time"`.
   *
   * @default UTC
   */
  timeZone?: string;
  /** How long backups are kept. */
  keep: RetentionDuration;
  /** How long the first backup of a day is kept, if not as the others. */
  daily?: RetentionDuration;
  /** How long the first backup of a week is kept, if not as the others. */
  weekly?: RetentionDuration;
}

const hoursPerInterval: Readonly<Record<string, number>> = {
  PT1H: 1,
  PT2H: 2,
  PT4H: 4,
  PT6H: 6,
  PT8H: 8,
  PT12H: 12,
  P1D: 24,
};

const intervals = {
  "1 hour": "PT1H",
  "2 hours": "PT2H",
  "4 hours": "PT4H",
  "6 hours": "PT6H",
  "8 hours": "PT8H",
  "12 hours": "PT12H",
  "1 day": "P1D",
};

const bound = { longest: "1 year", because: "backups of disks can be kept" } as const;
const maximumBackups = 450;

/**
 * A policy for managed disks, whose backups are snapshots beside the disk.
 *
 * @throws an `Error` with the property's path for what the service would refuse.
 * @example
 * ```ts
 * const policy = diskPolicy({ every: "4 hours", keep: "7 days", weekly: "12 weeks" });
 * ```
 */
export function diskPolicy(args: DiskPolicyArgs): DiskPolicy {
  checkProperties("diskPolicy", args, ["every", "at", "timeZone", "keep", "daily", "weekly"]);
  const { every, at = "13:00", timeZone, keep, daily, weekly } = args;
  const rules = { intervals, maximumTimesADay: 1, firstDay: "2020-04-05" };
  const schedule = readSchedule("diskPolicy", { every, at, timeZone }, rules);
  const retention = readRetention("diskPolicy.keep", keep, bound);
  const tiers = readTiers("diskPolicy", { daily, weekly }, retention, bound);
  checkNumberOfBackups(hoursPerInterval[schedule.interval] ?? 24, retention, tiers);
  return {
    kind: "disk",
    dataStores: ["OperationalStore"],
    properties: {
      policyRules: [
        backupRule(schedule, { backupType: "Incremental", dataStoreType: "OperationalStore" }, tiers),
        ...retentionRules(retention, tiers, { dataStoreType: "OperationalStore", withCopySettings: false }),
      ],
      datasourceTypes: ["Microsoft.Compute/disks"],
      objectType: "BackupPolicy",
    },
  };
}

/** A tier adds one backup for each of its periods between the retention below it and its own. */
function checkNumberOfBackups(
  intervalInHours: number,
  keep: Retention,
  declaredTiers: readonly DeclaredTier[],
): void {
  let backups = (keep.days * 24) / intervalInHours;
  let coveredDays = keep.days;
  for (const { property, retention } of declaredTiers) {
    backups += (retention.days - coveredDays) / (property === "weekly" ? 7 : 1);
    coveredDays = retention.days;
  }
  if (backups > maximumBackups) {
    throw invalidPolicy(
      "diskPolicy.keep",
      `${Math.ceil(backups)} backups of each disk would be kept, and the service keeps ${maximumBackups}; back up less ` +
        "often, or keep for a shorter time and add daily or weekly",
    );
  }
}
