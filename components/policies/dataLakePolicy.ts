import type { DataLakePolicy } from "./policyDocument";
import type { VaultedBackupArgs } from "./vaultedBackup";
import { vaultedRules } from "./vaultedBackup";

const template = { firstDay: "2023-03-26", at: "13:00", withCopySettings: false } as const;

/**
 * A policy for the blobs of a Data Lake account, that is, one with a hierarchical namespace: always vaulted.
 *
 * @throws an `Error` with the property's path for what the service would refuse.
 * @example
 * ```ts
 * const policy = dataLakePolicy({ every: "1 week", on: ["Sunday", "Wednesday"], keep: "12 weeks" });
 * ```
 */
export function dataLakePolicy(args: VaultedBackupArgs): DataLakePolicy {
  const { backup, retentions } = vaultedRules("dataLakePolicy", args, template);
  return {
    kind: "dataLake",
    dataStores: ["VaultStore"],
    properties: {
      policyRules: [backup, ...retentions],
      datasourceTypes: ["Microsoft.Storage/storageAccounts/adlsBlobServices"],
      objectType: "BackupPolicy",
    },
  };
}
