import type { JsonObject } from "../arm/requestBody";
import type { ShownAs } from "../dataProtection/shownAs";
import type { SecuritySettings } from "../dataProtection/vaultSecurity";

/** A Backup vault as its last write left it. */
export interface BackupVault extends ShownAs {
  id: string;
  name: string;
  type: "Microsoft.DataProtection/backupVaults";
  location: string;
  tags?: Record<string, string>;
  identity?: VaultIdentity;
  storageSettings: unknown[];
  securitySettings: SecuritySettings;
  featureSettings?: JsonObject;
  monitoringSettings?: JsonObject;
  /** Other than what its last PUT makes of it, until the next write. */
  provisioningState?: string;
  /** What its last PUT makes of its `provisioningState` while the operation runs. */
  lastPut?: { operationId: string; shownAs: "Provisioning" | "Updating" };
  /** Set while its deletion runs. */
  deletionOperationId?: string;
  /** First half of the ids of its operations. */
  serviceId: string;
}

/** Who a vault is towards other resources. */
export interface VaultIdentity {
  type: string;
  /** Of the system-assigned identity. */
  principalId?: string;
  userAssigned: { id: string; principalId: string; clientId: string }[];
}

export interface BackupPolicy extends ShownAs {
  id: string;
  name: string;
  type: "Microsoft.DataProtection/backupVaults/backupPolicies";
  properties: { policyRules: JsonObject[]; datasourceTypes: string[]; objectType: string };
}

/** What other people watch over: without their consent, vaults that are bound to it refuse critical operations. */
export interface ResourceGuard {
  id: string;
  name: string;
  type: "Microsoft.DataProtection/resourceGuards";
  location: string;
  tags?: Record<string, string>;
  excludedOperations: string[];
  /** Whether its owner keeps the clients' identity from using it. Otherwise that may do all, as everywhere. */
  withholdsApproval?: true;
}

/** Binds a vault to a guard. */
export interface ResourceGuardProxy {
  id: string;
  guardId: string;
  updatedAt: number;
}

/** A resource that may be deleted for a while, by its id. */
export interface DeleteUnlock {
  id: string;
  expiresAt: number;
}
