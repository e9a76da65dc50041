/**
 * The shapes of Microsoft.DataProtection, spelt as Resource Manager spells them
 * (OpenAPI document of 2024-04-01, dataprotection.json; `resourceID` has its capitals there too).
 */

export interface WireDatasource {
  objectType: "Datasource" | "DatasourceSet";
  datasourceType: string;
  resourceID: string;
  resourceLocation?: string;
  resourceName: string;
  resourceType: string;
  resourceUri: string;
}

export interface WireDataStoreParameters {
  objectType: string;
  dataStoreType: string;
  resourceGroupId?: string;
}

export interface WireDatasourceParameters {
  objectType: string;
  containersList?: string[];
  /** Since api-version 2026-03-01. */
  autoProtectionSettings?: {
    objectType: "BlobBackupRuleBasedAutoProtectionSettings";
    enabled: boolean;
    rules?: WireAutoProtectionRule[];
  };
}

/** The service knows this mode and this type only. */
export interface WireAutoProtectionRule {
  objectType: "BlobBackupAutoProtectionRule";
  mode: "Exclude";
  type: "Prefix";
  pattern: string;
}

export interface WirePolicyParameters {
  dataStoreParametersList?: WireDataStoreParameters[];
  backupDatasourceParametersList?: WireDatasourceParameters[];
}

export interface WirePolicyInfo {
  policyId: string;
  /** Written by the service. */
  policyVersion?: string;
  policyParameters?: WirePolicyParameters;
}

/** The service's error for people, in instances and inside Resource Manager's error envelope. */
export interface WireUserFacingError {
  code?: string;
  message?: string;
  recommendedAction?: string[] | null;
  details?: WireUserFacingError[] | null;
  innerError?: { code?: string; additionalInfo?: Record<string, string> | null } | null;
}

export interface WireBackupInstanceProperties {
  objectType: "BackupInstance";
  friendlyName?: string;
  dataSourceInfo: WireDatasource;
  /** What the datasource is a part of: itself, where the service wants it. */
  dataSourceSetInfo?: WireDatasource;
  policyInfo: WirePolicyInfo;
  /** What a Resource Guard is asked for with the request that holds it; it says nothing of the instance. */
  resourceGuardOperationRequests?: string[];
  /** Absent, the vault's own identity protects. */
  identityDetails?: { useSystemAssignedIdentity?: boolean; userAssignedIdentityArmUrl?: string };
  /** Written by the service. */
  protectionStatus?: { status?: string; errorDetails?: WireUserFacingError };
  /** Written by the service. */
  currentProtectionState?: string;
  /** Written by the service. */
  protectionErrorDetails?: WireUserFacingError;
  /** Written by the service. */
  provisioningState?: string;
}

export interface WireBackupInstance {
  id: string;
  name: string;
  tags?: Record<string, string>;
  properties: WireBackupInstanceProperties;
}

/** A soft-deleted instance: the same, and when it was deleted and will be gone for good. */
export interface WireDeletedBackupInstance extends WireBackupInstance {
  properties: WireBackupInstanceProperties & {
    deletionInfo?: { deletionTime?: string; scheduledPurgeTime?: string };
  };
}
