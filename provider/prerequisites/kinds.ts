import { isSameResourceId } from "../azure/resourceId";
import { userAssignedIdentityOf } from "../dataProtection/backupInstance";
import type { CriticalOperation } from "../dataProtection/resourceGuard";
import type { VaultSafeguards } from "../dataProtection/vaultSafeguards";
import { readVaultSafeguards, weakeningOf } from "../dataProtection/vaultSafeguards";
import type { WireBackupInstanceProperties } from "../dataProtection/wire";
import type { PrerequisiteInputs, PrerequisiteKind } from "./inputs";
import type { Safeguard } from "./safeguards";
import { bindingSafeguards, policySafeguards, vaultSafeguards } from "./safeguards";
import type { WireResource } from "./wireResource";

/** All that differs between the kinds of resources that protection rests on. */
export interface KindRules {
  /** What people call it. */
  what: string;
  apiVersion: string;
  /** Whether it has a region. */
  hasLocation: boolean;
  /** Whether it has tags, and with them the name of the stack that it belongs to. */
  hasTags: boolean;
  /** Whether previews and comparisons look at the live one. */
  isLookedAt: boolean;
  /** Whether its properties are what it is, so that other ones mean another resource. */
  isImmutable: boolean;
  /** Whether it names a resource that may lie in another tenant. */
  mayCrossTenants: boolean;
  /** Whether its deletion deletes all that is in it. */
  isContainer: boolean;
  /** Whether an instance, while it protects, needs it. */
  isNeededFor: (resource: PrerequisiteInputs, instance: WireBackupInstanceProperties) => boolean;
  /** Whether a soft-deleted instance cannot be had back without it. */
  isNeededForRecovery: boolean;
  /** Whether the instances of the program are bound to another one before it goes. */
  isReboundFrom: boolean;
  /** The settings that keep backups, or what protects them, from being lost. */
  safeguards: readonly Safeguard[];
  /** The properties that only the service writes. */
  readOnlyProperties: readonly string[];
  /** What a change of it takes away that the vault's Resource Guard may watch over, of kinds of which there is such a thing. */
  weakening?: (after: WireResource, before: VaultSafeguards) => CriticalOperation[];
  /** What its deletion is to such a guard. */
  deletion?: CriticalOperation;
}

/**
 * The last stable api-version of the service with which a vault's soft delete can be chosen: from 2025-09-01 on every
 * vault that is written must have it always on (facts, section 4.1). So it is not the stack's setting.
 */
const dataProtectionVersion = "2025-07-01";

const ofService = {
  apiVersion: dataProtectionVersion,
  hasLocation: false,
  hasTags: false,
  isImmutable: true,
  isLookedAt: false,
  mayCrossTenants: false,
  isContainer: false,
  isNeededForRecovery: true,
  isReboundFrom: false,
  safeguards: [],
  readOnlyProperties: [],
};

export const kinds: Record<PrerequisiteKind, KindRules> = {
  resourceGroup: {
    what: "resource group",
    apiVersion: "2024-03-01",
    hasLocation: true,
    hasTags: true,
    isLookedAt: true,
    isImmutable: false,
    mayCrossTenants: false,
    isContainer: true,
    isNeededForRecovery: true,
    isReboundFrom: false,
    safeguards: [],
    readOnlyProperties: ["provisioningState"],
    isNeededFor: ({ resourceId, neededBy }, instance) =>
      snapshotGroupsOf(instance).some((id) => isSameResourceId(id, resourceId)) ||
      isWithin(neededBy?.vaultId, resourceId),
  },
  backupVault: {
    ...ofService,
    what: "Backup vault",
    hasLocation: true,
    hasTags: true,
    isLookedAt: true,
    isImmutable: false,
    isContainer: true,
    isNeededFor: () => true,
    safeguards: vaultSafeguards,
    readOnlyProperties: [
      "provisioningState",
      "resourceMoveState",
      "resourceMoveDetails",
      "isVaultProtectedByResourceGuard",
      "secureScore",
      "bcdrSecurityLevel",
      "resourceGuardOperationRequests",
    ],
    weakening: (after, before) => weakeningOf(before, readVaultSafeguards(after, undefined)),
  },
  resourceGuardProxy: {
    ...ofService,
    what: "binding to a Resource Guard",
    mayCrossTenants: true,
    isLookedAt: true,
    isImmutable: false,
    isNeededFor: () => false,
    safeguards: bindingSafeguards,
    readOnlyProperties: [
      "resourceGuardOperationDetails",
      "lastUpdatedTime",
      "resourceGuardOperationRequests",
    ],
    deletion: "backupResourceGuardProxies/delete",
  },
  backupPolicy: {
    ...ofService,
    what: "backup policy",
    isReboundFrom: true,
    safeguards: policySafeguards,
    isNeededFor: ({ resourceId }, { policyInfo }) => isSameResourceId(policyInfo.policyId, resourceId),
  },
  roleAssignment: {
    what: "role assignment",
    apiVersion: "2022-04-01",
    hasLocation: false,
    hasTags: false,
    isLookedAt: false,
    isImmutable: true,
    mayCrossTenants: false,
    isContainer: false,
    isNeededForRecovery: false,
    isReboundFrom: false,
    safeguards: [],
    readOnlyProperties: ["scope", "createdOn", "updatedOn", "createdBy", "updatedBy"],
    isNeededFor: ({ resourceId, neededBy }, instance) =>
      [instance.dataSourceInfo.resourceID, ...snapshotGroupsOf(instance)].some((id) =>
        isSameResourceId(id, scopeOf(resourceId)),
      ) && isSameResourceId(userAssignedIdentityOf(instance) ?? "", neededBy?.userAssignedIdentityId ?? ""),
  },
};

/** The scope of a role assignment. */
export function scopeOf(roleAssignmentId: string): string {
  return roleAssignmentId.replace(/\/providers\/Microsoft\.Authorization\/roleAssignments\/[^/]+$/i, "");
}

/** The resource groups that the snapshots of an instance are kept in. */
export function snapshotGroupsOf({ policyInfo }: WireBackupInstanceProperties): string[] {
  const parameters = policyInfo.policyParameters?.dataStoreParametersList ?? [];
  return parameters.flatMap(({ resourceGroupId }) => resourceGroupId ?? []);
}

function isWithin(resourceId: string | undefined, groupId: string): boolean {
  return resourceId?.toLowerCase().startsWith(`${groupId.toLowerCase()}/`) ?? false;
}
