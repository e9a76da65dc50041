import * as dataprotection from "@pulumi/azure-native/dataprotection";
import type { dataprotection as inputs } from "@pulumi/azure-native/types/input";
import type * as pulumi from "@pulumi/pulumi";

/** The vault that the policies belong to. */
export interface VaultNames {
  resourceGroupName: pulumi.Input<string>;
  vaultName: pulumi.Input<string>;
}

const operationalStore = { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" };
const vaultStore = { objectType: "DataStoreInfoBase", dataStoreType: "VaultStore" };
type DataStore = typeof operationalStore;
type PolicyRule = inputs.AzureBackupRuleArgs | inputs.AzureRetentionRuleArgs;

const disks = "Microsoft.Compute/disks";
const blobs = "Microsoft.Storage/storageAccounts/blobServices";

/** Snapshots of a disk at every `interval` (ISO 8601, as in `PT4H`), each kept for `keepFor` (as in `P7D`). */
export function diskPolicy(
  name: string,
  vault: VaultNames,
  interval: string,
  keepFor: string,
): dataprotection.BackupPolicy {
  const schedule = backupRule("BackupScheduled", "Incremental", operationalStore, interval);
  return policy(name, vault, disks, [schedule, retentionRule(operationalStore, keepFor)]);
}

/** Restores the blobs of an account to any point in the last `keepFor` (as in `P30D`). */
export function operationalBlobPolicy(
  name: string,
  vault: VaultNames,
  keepFor: string,
): dataprotection.BackupPolicy {
  return policy(name, vault, blobs, [retentionRule(operationalStore, keepFor)]);
}

/** Daily copies of containers in the vault, each kept for `keepFor` (as in `P30D`). */
export function vaultedBlobPolicy(
  name: string,
  vault: VaultNames,
  keepFor: string,
): dataprotection.BackupPolicy {
  const schedule = backupRule("BackupDaily", "Discrete", vaultStore, "P1D");
  return policy(name, vault, blobs, [schedule, retentionRule(vaultStore, keepFor)]);
}

function policy(
  name: string,
  vault: VaultNames,
  datasourceType: string,
  policyRules: PolicyRule[],
): dataprotection.BackupPolicy {
  const properties = { objectType: "BackupPolicy" as const, datasourceTypes: [datasourceType], policyRules };
  return new dataprotection.BackupPolicy(name, { ...vault, properties });
}

function backupRule(name: string, backupType: string, dataStore: DataStore, interval: string): PolicyRule {
  return {
    objectType: "AzureBackupRule",
    name,
    backupParameters: { objectType: "AzureBackupParams", backupType },
    dataStore,
    trigger: {
      objectType: "ScheduleBasedTriggerContext",
      schedule: { repeatingTimeIntervals: [`R/2026-01-01T02:00:00+00:00/${interval}`], timeZone: "UTC" },
      taggingCriteria: [{ isDefault: true, tagInfo: { tagName: "Default" }, taggingPriority: 99 }],
    },
  };
}

function retentionRule(sourceDataStore: DataStore, keepFor: string): PolicyRule {
  return {
    objectType: "AzureRetentionRule",
    name: "Default",
    isDefault: true,
    lifecycles: [{ deleteAfter: { objectType: "AbsoluteDeleteOption", duration: keepFor }, sourceDataStore }],
  };
}
