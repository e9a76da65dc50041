import { checkProperties } from "./invalidPolicy";
import type { BackupRule, RetentionRule } from "./policyDocument";
import { backupRule, readTiers, retentionRules } from "./policyRules";
import type { RetentionDuration } from "./retentionDuration";
import { readRetention } from "./retentionDuration";
import type { DayOfWeek, TimeOfDay } from "./schedule";
import { readSchedule } from "./schedule";

/**
 * Backups that are copied to the vault.
 *
 * Rules of the service, checked here (Microsoft's documentation of blob backup, 2025): daily at up to five times of day, or
 * weekly; kept for at most ten years.
 */
export interface VaultedBackupArgs {
  /** How often a backup is taken. ISO 8601 is understood too. */
  every: "1 day" | "1 week" | "P1D" | "P1W";
  /**
   * Time of day, or up to five of them for daily backups.
   *
   * @default "07:30" for blobs and "13:00" for Data Lake accounts, as in the service's templates
   */
  at?: TimeOfDay | TimeOfDay[];
  /**
   * Days of the week, for weekly backups.
   *
   * @default "Sunday"
   */
  on?: DayOfWeek | DayOfWeek[];
  /**
   * Windows' name of the time zone of `at`, such as `"W. Europe Standard Time"`.
   *
   * @default "UTC"
   */
  timeZone?: string;
  /** How long backups are kept. */
  keep: RetentionDuration;
  /** How long the first backup of a week is kept, if not as the others. */
  weekly?: RetentionDuration;
  /** How long the first backup of a month is kept, if not as the others. */
  monthly?: RetentionDuration;
  /** How long the first backup of a year is kept, if not as the others. */
  yearly?: RetentionDuration;
}

/** What Microsoft's template for a datasource type has. */
export interface VaultedTemplate {
  firstDay: string;
  at: TimeOfDay;
  withCopySettings: boolean;
}

const bound = { longest: "10 years", because: "vaulted backups can be kept" } as const;
const intervals = { "1 day": "P1D", "1 week": "P1W" };
const maximumTimesADay = 5;

/** The rules of vaulted backups, of whatever is copied to the vault. */
export function vaultedRules(
  property: string,
  args: VaultedBackupArgs,
  template: VaultedTemplate,
): { backup: BackupRule; retentions: RetentionRule[] } {
  checkProperties(property, args, ["every", "at", "on", "timeZone", "keep", "weekly", "monthly", "yearly"]);
  const { every, at = template.at, on, timeZone = "UTC", keep, weekly, monthly, yearly } = args;
  const scheduleRules = { intervals, maximumTimesADay, firstDay: template.firstDay };
  const schedule = readSchedule(property, { every, at, on, timeZone }, scheduleRules);
  const retention = readRetention(`${property}.keep`, keep, bound);
  const tiers = readTiers(property, { weekly, monthly, yearly }, retention, bound);
  const { withCopySettings } = template;
  return {
    backup: backupRule(schedule, { backupType: "Discrete", dataStoreType: "VaultStore" }, tiers),
    retentions: retentionRules(retention, tiers, { dataStoreType: "VaultStore", withCopySettings }),
  };
}
