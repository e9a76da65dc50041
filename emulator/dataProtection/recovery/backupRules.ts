import { property, textProperty } from "../../arm/requestBody";
import type { BackupPolicy } from "../../records/vault";
import { addDuration } from "../isoDuration";

export type DataStore = "OperationalStore" | "VaultStore";

/** When a policy makes backups, and where it keeps them. */
export interface BackupRule {
  name: string;
  store: DataStore;
  repeating: RepeatingInterval[];
  tags: RetentionTag[];
}

interface RepeatingInterval {
  startsAt: number;
  interval: string;
}

/** Under which retention rule a backup falls; the lowest priority that fits wins. */
interface RetentionTag {
  name: string;
  priority: number;
  /** Absent for the tag of all other backups. */
  firstOf?: Period[];
}

type Period = "Day" | "Week" | "Month" | "Year";

const list = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** The backup rules of a policy: none where backup is continuous. */
export function backupRulesOf(policy: BackupPolicy | undefined): BackupRule[] {
  return (policy?.properties.policyRules ?? [])
    .filter((rule) => textProperty(rule, "objectType") === "AzureBackupRule")
    .map((rule) => ({
      name: textProperty(rule, "name") ?? "",
      store: (textProperty(property(rule, "dataStore"), "dataStoreType") ?? "OperationalStore") as DataStore,
      repeating: list(
        property(property(property(rule, "trigger"), "schedule"), "repeatingTimeIntervals"),
      ).map(readRepeating),
      tags: list(property(property(rule, "trigger"), "taggingCriteria")).map(readTag),
    }));
}

function readRepeating(repeating: unknown): RepeatingInterval {
  const [, start = "", interval = ""] = String(repeating).split("/");
  return { startsAt: Date.parse(start), interval };
}

function readTag(tagging: unknown): RetentionTag {
  const firstOf = list(property(tagging, "criteria"))
    .flatMap((criterion) => list(property(criterion, "absoluteCriteria")))
    .map((criterion) => String(criterion).replace("FirstOf", "") as Period);
  return {
    name: textProperty(property(tagging, "tagInfo"), "tagName") ?? "Default",
    priority: Number(property(tagging, "taggingPriority") ?? 99),
    ...(property(tagging, "isDefault") === true ? {} : { firstOf }),
  };
}

/** When the next backup of a rule is due after `instant`. Time zones count as their offset on the day of the start. */
export function nextBackupAt({ repeating }: BackupRule, instant: number): number {
  return Math.min(
    ...repeating.map(({ startsAt, interval }) => {
      const intervalInMs = addDuration(0, interval);
      return startsAt > instant
        ? startsAt
        : startsAt + (Math.floor((instant - startsAt) / intervalInMs) + 1) * intervalInMs;
    }),
  );
}

/** The tag of a backup that begins at `instant`, where backups began before it at `earlier`. */
export function retentionTagOf({ tags }: BackupRule, instant: number, earlier: readonly number[]): string {
  const fitting = tags
    .filter(({ firstOf }) => firstOf?.some((period) => isFirstOf(period, instant, earlier)) ?? true)
    .sort((one, other) => one.priority - other.priority);
  return fitting[0]?.name ?? "Default";
}

function isFirstOf(period: Period, instant: number, earlier: readonly number[]): boolean {
  const begin = beginOf(period, new Date(instant));
  return !earlier.some((one) => one >= begin && one < instant);
}

/** Weeks begin on Sunday; that periods are those of UTC is assumed. */
function beginOf(period: Period, date: Date): number {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  return {
    Day: Date.UTC(year, month, day),
    Week: Date.UTC(year, month, day - date.getUTCDay()),
    Month: Date.UTC(year, month),
    Year: Date.UTC(year, 0),
  }[period];
}

/** How long a policy keeps backups of a tag, as an ISO 8601 duration; by its default rule where no rule has that name. */
export function retentionOf(policy: BackupPolicy | undefined, tag: string): string | undefined {
  const rules = (policy?.properties.policyRules ?? []).filter(
    (rule) => textProperty(rule, "objectType") === "AzureRetentionRule",
  );
  const rule =
    rules.find((one) => textProperty(one, "name") === tag) ??
    rules.find((one) => property(one, "isDefault") === true);
  const [lifecycle] = list(property(rule, "lifecycles"));
  return textProperty(property(lifecycle, "deleteAfter"), "duration");
}
