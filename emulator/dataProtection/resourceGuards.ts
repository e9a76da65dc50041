import { property, requireLocation, requireObject, tagsOf } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import { conflict } from "../arm/errors";
import { normaliseLocation, resourceGroupIdOf, resourceIdOf, sameId } from "../arm/resourceId";
import { requireResource } from "../arm/topLevelResources";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { ResourceGuard } from "../records/vault";
import { assumedCodes } from "./assumedCodes";
import { dataProtectionContentType } from "./contentType";

const type = "Microsoft.DataProtection/resourceGuards";

/** The operations on Backup vaults that a guard watches over, and the kind of request that stands for its consent (resource_guard_mapping 7). */
const requestTypes = {
  "backupInstances/delete": "deleteBackupInstanceRequests",
  "backupResourceGuardProxies/delete": "deleteResourceGuardProxyRequests",
  "write#reduceImmutabilityState": "dppReduceImmutabilityStateRequests",
  "write#reduceSoftDeleteSecurity": "dppReduceSoftDeleteSecurityRequests",
  "write#modifyEncryptionSettings": "dppModifyEncryptionSettingsRequests",
  "backupInstances/stopProtection/action": "dppDisableStopProtectionRequests",
  "backupInstances/suspendBackups/action": "dppDisableSuspendBackupsRequests",
  "backupInstances/write": "dppModifyPolicy",
  "backupInstances/restore/action": "dppTriggerRestoreRequests",
} as const;

export type CriticalOperation = keyof typeof requestTypes;

const criticalOperations = Object.keys(requestTypes) as CriticalOperation[];

/** The operations on Recovery Services vaults, which a guard shows although no vault here is one (resource_guard_mapping 6). */
const recoveryServicesRequestTypes = {
  "backupFabrics/protectionContainers/protectedItems/delete": "deleteProtectedItemRequests",
  "backupFabrics/protectionContainers/protectedItems/write": "updateProtectedItemRequests",
  "backupPolicies/write": "updateProtectionPolicyRequests",
  "backupResourceGuardProxies/delete": "deleteResourceGuardProxyRequests",
  "backupSecurityPIN/action": "getBackupSecurityPINRequests",
  "backupconfig/write": "disableSoftDeleteRequests",
  "backupFabrics/protectionContainers/protectedItems/write#stopProtectionWithRetainData":
    "stopProtectionWithRetainDataRequests",
  "write#reduceImmutabilityState": "reduceImmutabilityStateRequests",
  "backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action": "triggerRestoreRequests",
} as const;

/** What a guard shows of every operation. For Backup vaults the type of the request is the operation's own name again. */
const shownOperations = [
  ...Object.entries(recoveryServicesRequestTypes).map(([operation, requestType]) => ({
    vaultCriticalOperation: `Microsoft.RecoveryServices/vaults/${operation}`,
    requestResourceType: `${type}/${requestType}`,
  })),
  ...criticalOperations.map(fullName).map((name) => ({
    vaultCriticalOperation: name,
    requestResourceType: name,
  })),
];

/** The name of an operation as guards and proxies write it. */
function fullName(operation: CriticalOperation): string {
  return `Microsoft.DataProtection/backupVaults/${operation}`;
}

/** Whether a guard watches over an operation, by its full name: the list of exclusions has full names or their ends. */
function watchesOver({ excludedOperations }: ResourceGuard, name: string): boolean {
  return !excludedOperations.some((excluded) => name.toLowerCase().endsWith(excluded.toLowerCase()));
}

/** The ARM id that stands for the guard's consent to an operation, unless the guard leaves the operation out. */
export function requestIdFor(guard: ResourceGuard, operation: CriticalOperation): string | undefined {
  const isWatched = watchesOver(guard, fullName(operation));
  return isWatched ? `${guard.id}/${requestTypes[operation]}/default` : undefined;
}

/** The map from operations to requests that a proxy shows. */
export function operationDetailsOf(
  guard: ResourceGuard,
): { vaultCriticalOperation: string; defaultResourceRequest: string }[] {
  return criticalOperations.flatMap((operation) => {
    const defaultResourceRequest = requestIdFor(guard, operation);
    return defaultResourceRequest
      ? [{ vaultCriticalOperation: fullName(operation), defaultResourceRequest }]
      : [];
  });
}

const idFrom = ({ parameters }: Call): string => resourceIdOf(parameters, type, parameters["name"]!);

export function putGuard(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const excluded = property(property(body, "properties"), "vaultCriticalOperationExclusionList");
  const existing = cloud.resourceGuards.get(idFrom(call));
  const guard: ResourceGuard = {
    id: existing?.id ?? idFrom(call),
    name: existing?.name ?? call.parameters["name"]!,
    type,
    location: normaliseLocation(requireLocation(body)),
    ...tagsOf(body),
    excludedOperations: Array.isArray(excluded) ? excluded.map(String) : [],
    ...(existing?.withholdsApproval ? { withholdsApproval: true } : {}),
  };
  cloud.resourceGuards.put(guard);
  return answer(200, render(guard), dataProtectionContentType(call));
}

export function getGuard(cloud: Cloud, call: Call): Answer {
  const guard = requireResource(cloud.resourceGuards, type, call);
  return answer(200, render(guard), dataProtectionContentType(call));
}

export function listGuards(cloud: Cloud, call: Call): Answer {
  const value = cloud.resourceGuards.below(resourceGroupIdOf(call.parameters)).map(render);
  return answer(200, { value }, dataProtectionContentType(call));
}

export function listGuardsInSubscription(cloud: Cloud, call: Call): Answer {
  const value = cloud.resourceGuards.below(`/subscriptions/${call.parameters["subscriptionId"]}`).map(render);
  return answer(200, { value }, dataProtectionContentType(call));
}

export function deleteGuard(cloud: Cloud, call: Call): Answer {
  const id = idFrom(call);
  if (cloud.resourceGuardProxies.all().some(({ guardId }) => sameId(guardId, id))) {
    throw conflict(assumedCodes.guardInUse, `The Resource Guard ${id} is in use by a Backup vault.`);
  }
  return answer(cloud.resourceGuards.delete(id) ? 200 : 204);
}

function render(guard: ResourceGuard): JsonObject {
  const { id, name, location, tags, excludedOperations } = guard;
  return {
    location,
    ...(tags ? { tags } : {}),
    properties: {
      provisioningState: "Succeeded",
      resourceGuardOperations: shownOperations.filter(({ vaultCriticalOperation }) =>
        watchesOver(guard, vaultCriticalOperation),
      ),
      vaultCriticalOperationExclusionList: excludedOperations,
      allowAutoApprovals: true,
    },
    id,
    name,
    type,
  };
}
