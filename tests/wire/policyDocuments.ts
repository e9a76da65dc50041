import type { dataprotection } from "@pulumi/azure-native/types/input";

type BackupRule = dataprotection.AzureBackupRuleArgs;
type RetentionRule = dataprotection.AzureRetentionRuleArgs;

/** The body of a request for a backup policy, as an administrator sends it. */
export function policyDocument(
  datasourceType: string,
  policyRules: (BackupRule | RetentionRule)[],
): { properties: dataprotection.BackupPolicyArgs } {
  return { properties: { objectType: "BackupPolicy", datasourceTypes: [datasourceType], policyRules } };
}

/** When backups are made: at repeating intervals, such as `R/2026-01-01T02:00:00+00:00/P1D`. */
export function backupRule(dataStoreType: string, ...repeatingTimeIntervals: string[]): BackupRule {
  return {
    objectType: "AzureBackupRule",
    name: "BackupScheduled",
    backupParameters: {
      objectType: "AzureBackupParams",
      backupType: dataStoreType === "VaultStore" ? "Discrete" : "Incremental",
    },
    dataStore: { objectType: "DataStoreInfoBase", dataStoreType },
    trigger: {
      objectType: "ScheduleBasedTriggerContext",
      schedule: { repeatingTimeIntervals, timeZone: "UTC" },
      taggingCriteria: [{ isDefault: true, tagInfo: { tagName: "Default" }, taggingPriority: 99 }],
    },
  };
}

/** How long backups are kept, as an ISO 8601 duration. */
export function retentionRule(dataStoreType: string, duration = "P7D"): RetentionRule {
  return {
    objectType: "AzureRetentionRule",
    name: "Default",
    isDefault: true,
    lifecycles: [
      {
        deleteAfter: { objectType: "AbsoluteDeleteOption", duration },
        sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType },
      },
    ],
  };
}
