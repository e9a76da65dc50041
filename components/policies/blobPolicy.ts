import { checkProperties, invalidPolicy } from "./invalidPolicy";
import type { BlobPolicy, PolicyProperties, RetentionRule } from "./policyDocument";
import { retentionRules } from "./policyRules";
import type { RetentionDuration } from "./retentionDuration";
import { readRetention } from "./retentionDuration";
import type { VaultedBackupArgs } from "./vaultedBackup";
import { vaultedRules } from "./vaultedBackup";

/**
 * Backups that stay in the storage account: continuous, so that there is no schedule.
 *
 * Rule of the service, checked here: kept for at most 360 days (Microsoft's documentation of blob backup).
 */
export interface OperationalBackupArgs {
  /** How far back the account can be restored. */
  keep: RetentionDuration;
}

/** What a {@link blobPolicy} is declared with: one of both, or both. */
export type BlobPolicyArgs =
  | { operational: OperationalBackupArgs; vaulted?: VaultedBackupArgs }
  | { operational?: OperationalBackupArgs; vaulted: VaultedBackupArgs };

const operationalBound = { longest: "360 days", because: "operational backups can be kept" } as const;
const vaultedTemplate = { firstDay: "2023-06-28", at: "07:30", withCopySettings: true } as const;

/**
 * A policy for the block blobs of a storage account: operational, vaulted, or both.
 *
 * @throws an `Error` with the property's path for what the service would refuse.
 * @example
 * ```ts
 * const operational = blobPolicy({ operational: { keep: "30 days" } });
 * const vaulted = blobPolicy({ vaulted: { every: "1 day", at: "02:00", keep: "30 days", yearly: "10 years" } });
 * ```
 */
export function blobPolicy(args: BlobPolicyArgs): BlobPolicy {
  checkProperties("blobPolicy", args, ["operational", "vaulted"]);
  const { operational, vaulted } = args;
  if (operational === undefined && vaulted === undefined) {
    throw invalidPolicy("blobPolicy", "nothing would be backed up; give operational, vaulted, or both");
  }
  const policyRules: PolicyProperties["policyRules"] = [];
  const dataStores: BlobPolicy["dataStores"][number][] = [];
  if (operational !== undefined) {
    policyRules.push(...operationalRules(operational, vaulted !== undefined));
    dataStores.push("OperationalStore");
  }
  if (vaulted !== undefined) {
    const { backup, retentions } = vaultedRules("blobPolicy.vaulted", vaulted, vaultedTemplate);
    policyRules.push(...retentions, backup);
    dataStores.push("VaultStore");
  }
  const datasourceTypes = ["Microsoft.Storage/storageAccounts/blobServices"];
  return {
    kind: "blob",
    dataStores,
    properties: { policyRules, datasourceTypes, objectType: "BackupPolicy" },
  };
}

/**
 * The default rule of the operational store has a name of its own, with backups in the vault or without (Az.DataProtection since
 * May 2026; the service refuses the usual name beside backups in the vault since September 2026, azurerm issue 33470).
 */
function operationalRules(operational: OperationalBackupArgs, isVaultedToo: boolean): RetentionRule[] {
  const property = "blobPolicy.operational";
  checkProperties(property, operational, ["keep"]);
  return retentionRules(readRetention(`${property}.keep`, operational.keep, operationalBound), [], {
    dataStoreType: "OperationalStore",
    withCopySettings: isVaultedToo,
    defaultRuleName: "Default_OperationalStore",
  });
}
