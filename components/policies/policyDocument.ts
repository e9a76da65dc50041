/**
 * Backup policies as Resource Manager spells them, with properties in the order of the service's own answers (recorded
 * 2025-11, api-version 2025-07-01), so that a document can be compared with an answer as text.
 */

/** What a policy is for: managed disks, block blobs, or the blobs of a Data Lake account. */
export type PolicyKind = "disk" | "blob" | "dataLake";

/** Beside the datasource, or in the vault. */
export type DataStoreType = "OperationalStore" | "VaultStore";

/** The properties of a backup policy: what azure-native's `dataprotection.BackupPolicy` takes as `properties`. */
export interface PolicyProperties {
  /** What is backed up when, and how long backups are kept. */
  policyRules: (BackupRule | RetentionRule)[];
  /** Exactly one. */
  datasourceTypes: string[];
  objectType: "BackupPolicy";
}

/** When backups are taken, and which of the retention rules each of them falls under. */
export interface BackupRule {
  backupParameters: { backupType: "Incremental" | "Discrete"; objectType: "AzureBackupParams" };
  trigger: {
    schedule: BackupSchedule;
    taggingCriteria: TaggingCriteria[];
    objectType: "ScheduleBasedTriggerContext";
  };
  dataStore: DataStore;
  name: "BackupHourly" | "BackupDaily" | "BackupWeekly";
  objectType: "AzureBackupRule";
}

export interface BackupSchedule {
  /** ISO 8601 repeating intervals, such as `R/2020-04-05T13:00:00+00:00/PT4H`: one for each time of day, or day of the week. */
  repeatingTimeIntervals: string[];
  timeZone?: string;
}

export interface TaggingCriteria {
  tagInfo: { tagName: string; id: string };
  /** The lower number wins when a backup fits several tags. */
  taggingPriority: number;
  isDefault: boolean;
  criteria?: { absoluteCriteria: AbsoluteMarker[]; objectType: "ScheduleBasedBackupCriteria" }[];
}

export type AbsoluteMarker = "FirstOfDay" | "FirstOfWeek" | "FirstOfMonth" | "FirstOfYear";

/** How long the backups are kept that carry the tag of this name. */
export interface RetentionRule {
  lifecycles: Lifecycle[];
  isDefault: boolean;
  name: string;
  objectType: "AzureRetentionRule";
}

export interface Lifecycle {
  deleteAfter: { objectType: "AbsoluteDeleteOption"; duration: string };
  targetDataStoreCopySettings?: never[];
  sourceDataStore: DataStore;
}

export interface DataStore {
  dataStoreType: DataStoreType;
  objectType: "DataStoreInfoBase";
}

/**
 * A backup policy as a value: made by {@link diskPolicy}, {@link blobPolicy} and {@link dataLakePolicy}, and given to a
 * vault, or as `properties` to azure-native's `dataprotection.BackupPolicy`.
 */
export interface Policy<Kind extends PolicyKind = PolicyKind> {
  /** What the policy is for; a policy of another kind is not accepted where this one is. */
  readonly kind: Kind;
  /** The stores that its backups go to. A blob policy with `VaultStore` needs containers. */
  readonly dataStores: readonly DataStoreType[];
  /** The document that the service takes. */
  readonly properties: PolicyProperties;
}

/** A policy for managed disks. */
export type DiskPolicy = Policy<"disk">;
/** A policy for the block blobs of a storage account. */
export type BlobPolicy = Policy<"blob">;
/** A policy for the blobs of a Data Lake (hierarchical namespace) account. */
export type DataLakePolicy = Policy<"dataLake">;

/** Whether a value is a policy. */
export function isPolicy(value: unknown): value is Policy {
  return typeof value === "object" && value !== null && "properties" in value && "dataStores" in value;
}
