import { invalidPolicy } from "./invalidPolicy";
import type {
  AbsoluteMarker,
  BackupRule,
  BackupSchedule,
  DataStore,
  DataStoreType,
  RetentionRule,
  TaggingCriteria,
} from "./policyDocument";
import type { Retention, RetentionBound, RetentionDuration } from "./retentionDuration";
import { readRetention } from "./retentionDuration";

/** The default rule's name, and its tag's. */
const defaultRule = "Default";

/** Which backup of a period a tier keeps for longer. */
interface Tier {
  property: TierName;
  /** Name of its tag and of its rule. */
  name: string;
  marker: AbsoluteMarker;
  /** Microsoft's tools give the tags these priorities, and the default one 99. */
  priority: number;
}

/** Retention rules beside the default one: for the first successful backup of a day, week, month or year. */
export type TierName = "daily" | "weekly" | "monthly" | "yearly";

const tiers: readonly Tier[] = [
  { property: "daily", name: "Daily", marker: "FirstOfDay", priority: 25 },
  { property: "weekly", name: "Weekly", marker: "FirstOfWeek", priority: 20 },
  { property: "monthly", name: "Monthly", marker: "FirstOfMonth", priority: 15 },
  { property: "yearly", name: "Yearly", marker: "FirstOfYear", priority: 10 },
];

/** A tier that a policy declares. */
export interface DeclaredTier extends Tier {
  retention: Retention;
}

/**
 * Reads the tiers that are declared. Each must keep backups for longer than `keep` and than the tiers below it: the
 * service lets the longer period's tag win, so that a shorter one would take backups away early.
 */
export function readTiers(
  property: string,
  declared: Partial<Record<TierName, RetentionDuration>>,
  keep: Retention,
  bound: RetentionBound,
): DeclaredTier[] {
  let longest: { property: string; retention: Retention } = { property: "keep", retention: keep };
  return tiers.flatMap((tier) => {
    const value = declared[tier.property];
    if (value === undefined) {
      return [];
    }
    const retention = readRetention(`${property}.${tier.property}`, value, bound);
    if (retention.days < longest.retention.days) {
      throw invalidPolicy(
        `${property}.${tier.property}`,
        `"${retention.text}" is shorter than ${longest.property}, "${longest.retention.text}", and it would win over ` +
          "that, so that these backups would go early; give a longer retention, or leave it out",
      );
    }
    longest = { property: tier.property, retention };
    return [{ ...tier, retention }];
  });
}

/** The rule that says when backups are taken. */
export function backupRule(
  schedule: { name: BackupRule["name"]; schedule: BackupSchedule },
  { backupType, dataStoreType }: { backupType: "Incremental" | "Discrete"; dataStoreType: DataStoreType },
  declaredTiers: readonly DeclaredTier[],
): BackupRule {
  return {
    backupParameters: { backupType, objectType: "AzureBackupParams" },
    trigger: {
      schedule: schedule.schedule,
      taggingCriteria: [
        { tagInfo: tagOf(defaultRule), taggingPriority: 99, isDefault: true },
        ...declaredTiers.map(taggingCriteriaOf),
      ],
      objectType: "ScheduleBasedTriggerContext",
    },
    dataStore: dataStoreOf(dataStoreType),
    name: schedule.name,
    objectType: "AzureBackupRule",
  };
}

function taggingCriteriaOf({ name, marker, priority }: Tier): TaggingCriteria {
  return {
    tagInfo: tagOf(name),
    taggingPriority: priority,
    isDefault: false,
    criteria: [{ absoluteCriteria: [marker], objectType: "ScheduleBasedBackupCriteria" }],
  };
}

/** The service adds the id itself when it is missing; with it, a document equals the answer. */
const tagOf = (name: string): TaggingCriteria["tagInfo"] => ({ tagName: name, id: `${name}_` });

/** What the retention rules of a policy share. */
export interface RetentionStore {
  dataStoreType: DataStoreType;
  /** Microsoft's templates have empty copy settings for blobs, and none for disks and Data Lake accounts. */
  withCopySettings: boolean;
  /** Name of the default rule. */
  defaultRuleName?: string;
}

/** The default retention rule, and one for each tier. */
export function retentionRules(
  keep: Retention,
  declaredTiers: readonly DeclaredTier[],
  store: RetentionStore,
): RetentionRule[] {
  return [
    retentionRule(store.defaultRuleName ?? defaultRule, keep, store, true),
    ...declaredTiers.map(({ name, retention }) => retentionRule(name, retention, store, false)),
  ];
}

function retentionRule(
  name: string,
  { duration }: Retention,
  { dataStoreType, withCopySettings }: RetentionStore,
  isDefault: boolean,
): RetentionRule {
  return {
    lifecycles: [
      {
        deleteAfter: { objectType: "AbsoluteDeleteOption", duration },
        ...(withCopySettings ? { targetDataStoreCopySettings: [] } : {}),
        sourceDataStore: dataStoreOf(dataStoreType),
      },
    ],
    isDefault,
    name,
    objectType: "AzureRetentionRule",
  };
}

const dataStoreOf = (dataStoreType: DataStoreType): DataStore => ({
  dataStoreType,
  objectType: "DataStoreInfoBase",
});
