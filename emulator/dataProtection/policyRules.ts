import { property, textProperty } from "../arm/requestBody";
import { daysOf } from "./isoDuration";
import { invalidInput } from "./userErrors";

/** What Microsoft documents about the policies of a datasource type (articles on disk, blob and Data Lake backup, 2025). */
interface PolicyLimits {
  /** Intervals of schedules. */
  intervals: readonly string[];
  /** Longest retention, by store; no other store is taken. */
  longestRetentionInDays: Readonly<Record<string, number>>;
  /** Backups at set times of a day. */
  maximumTimesADay: number;
  /** Backups of one datasource that are kept at a time. */
  maximumBackups?: number;
}

const vaulted: PolicyLimits = {
  intervals: ["P1D", "P1W"],
  longestRetentionInDays: { VaultStore: 3_650 },
  maximumTimesADay: 5,
};

const limitsOfTypes: Readonly<Record<string, PolicyLimits>> = {
  "microsoft.compute/disks": {
    intervals: ["PT1H", "PT2H", "PT4H", "PT6H", "PT8H", "PT12H", "P1D"],
    longestRetentionInDays: { OperationalStore: 365 },
    maximumTimesADay: 1,
    maximumBackups: 450,
  },
  "microsoft.storage/storageaccounts/blobservices": {
    ...vaulted,
    longestRetentionInDays: { ...vaulted.longestRetentionInDays, OperationalStore: 360 },
  },
  "microsoft.storage/storageaccounts/adlsblobservices": vaulted,
};

/** Throws for rules that the service does not take. Policies for other datasources than those above are not judged. */
export function checkPolicyRules(datasourceType: string, policyRules: readonly unknown[]): void {
  const limits = limitsOfTypes[datasourceType.toLowerCase()];
  if (!limits) {
    return;
  }
  checkRuleNames(policyRules);
  const intervals: string[] = [];
  const retentions: number[] = [];
  for (const rule of policyRules) {
    if (textProperty(rule, "objectType") === "AzureBackupRule") {
      intervals.push(...scheduleIn(rule, limits));
    } else {
      retentions.push(retentionIn(rule, limits));
    }
  }
  checkNumberOfBackups(intervals, retentions, limits);
}

/**
 * Since September 2026 the default rule for backups that stay in the account must not have the name of the one for the vault
 * (terraform-provider-azurerm issues 33470 and 33493, with code and sentence). In a policy without backups in the vault both names
 * are taken: Microsoft's articles say `Default`, its tools `Default_OperationalStore`. That no two rules of any kind have one name is assumed.
 */
function checkRuleNames(policyRules: readonly unknown[]): void {
  const names = policyRules.map((rule) => textProperty(rule, "name"));
  const stores = policyRules.map(storeOf);
  const isOperationalDefault = (index: number): boolean =>
    stores[index] === "OperationalStore" && names[index] === "Default";
  const clashes =
    stores.includes("VaultStore") && policyRules.some((_, index) => isOperationalDefault(index));
  if (clashes || new Set(names).size < names.length) {
    throw invalidInput("Input provided for the call is invalid");
  }
}

/** The store of a retention rule. */
function storeOf(rule: unknown): string | undefined {
  const lifecycles = property(rule, "lifecycles");
  const [lifecycle] = Array.isArray(lifecycles) ? (lifecycles as unknown[]) : [];
  return textProperty(property(lifecycle, "sourceDataStore"), "dataStoreType");
}

/** The intervals of a backup rule. */
function scheduleIn(rule: unknown, limits: PolicyLimits): string[] {
  const schedule = property(property(rule, "trigger"), "schedule");
  const repeating = property(schedule, "repeatingTimeIntervals");
  const intervals = (Array.isArray(repeating) ? (repeating as unknown[]) : []).map(intervalIn);
  const wrong = intervals.find((interval) => !limits.intervals.includes(interval));
  if (intervals.length === 0 || wrong !== undefined) {
    throw invalidInput(
      `repeatingTimeIntervals must be of the form R/<start>/<interval>, with one of ${limits.intervals.join(", ")}.`,
    );
  }
  if (intervals.every((interval) => interval !== "P1W") && intervals.length > limits.maximumTimesADay) {
    throw invalidInput(`There can be ${limits.maximumTimesADay} backups a day at most.`);
  }
  return intervals;
}

function intervalIn(repeating: unknown): string {
  const [, start = "", interval = ""] = /^R\/([^/]+)\/([^/]+)$/.exec(String(repeating)) ?? [];
  return Number.isNaN(Date.parse(start)) ? "" : interval;
}

/** The retention of a retention rule in days: of its only lifecycle, as disks and blobs have it. */
function retentionIn(rule: unknown, limits: PolicyLimits): number {
  const lifecycles = property(rule, "lifecycles");
  const [lifecycle] = Array.isArray(lifecycles) ? (lifecycles as unknown[]) : [];
  const store = storeOf(rule) ?? "";
  const longest = limits.longestRetentionInDays[store];
  const days = daysOf(textProperty(property(lifecycle, "deleteAfter"), "duration") ?? "");
  if (longest === undefined) {
    throw invalidInput(`The data store '${store}' is not supported for this datasource type.`);
  }
  if (days <= 0 || days > longest) {
    throw invalidInput(`The retention in ${store} must be from 1 to ${longest} days.`);
  }
  return days;
}

/** Counted for the default rule alone, which is what the documentation gives examples of. */
function checkNumberOfBackups(
  intervals: readonly string[],
  retentions: readonly number[],
  { maximumBackups = Infinity }: PolicyLimits,
): void {
  const hours = Number(/^PT(\d+)H$/.exec(intervals[0] ?? "")?.[1] ?? 24);
  if ((Math.min(...retentions) * 24) / hours > maximumBackups) {
    throw invalidInput(`At most ${maximumBackups} backups are kept of one datasource.`);
  }
}
