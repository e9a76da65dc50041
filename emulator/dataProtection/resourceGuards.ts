import { property, requireLocation, requireObject, tagsOf } from "../arm/requestBody";
import { conflict } from "../arm/errors";
import { normaliseLocation, resourceGroupIdOf, resourceIdOf, sameId } from "../arm/resourceId";
import { requireResource } from "../arm/topLevelResources";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { assumedCodes } from "./assumedCodes";
import { dataProtectionContentType } from "./contentType";

const type = "Microsoft.DataProtection/resourceGuards";

/** What other people watch over: without their consent, vaults that are bound to it refuse critical operations. */
export interface ResourceGuard {
  id: string;
  name: string;
  type: typeof type;
  location: string;
  tags?: Record<string, string>;
  excludedOperations: string[];
  /** Whether its owner keeps the clients' identity from using it. Otherwise that may do all, as everywhere. */
  withholdsApproval?: true;
}

/**
 * The operations that a guard watches over, and the kind of request that stands for its consent: facts 4.3; for what is
 * written to vaults, the help of Az PowerShell's `Update-AzDataProtectionBackupVault`; for the binding, the OpenAPI document.
 */
const requestTypes = {
  "backupInstances/delete": "deleteBackupInstanceRequests",
  "backupInstances/write": "dppModifyPolicy",
  "backupInstances/stopProtection/action": "dppDisableStopProtectionRequests",
  "backupInstances/suspendBackups/action": "dppDisableSuspendBackupsRequests",
  "backupInstances/restore/action": "dppTriggerRestoreRequests",
  "write#reduceImmutabilityState": "dppReduceImmutabilityStateRequests",
  "write#reduceSoftDeleteSecurity": "dppReduceSoftDeleteSecurityRequests",
  "write#modifyEncryptionSettings": "dppModifyEncryptionSettingsRequests",
  "backupResourceGuardProxies/delete": "deleteResourceGuardProxyRequests",
} as const;

export type CriticalOperation = keyof typeof requestTypes;

/** The name of an operation as guards and proxies write it. */
const fullName = (operation: CriticalOperation): string =>
  `Microsoft.DataProtection/backupVaults/${operation}`;

/** The ARM id that stands for the guard's consent to an operation, unless the guard leaves the operation out. */
export function requestIdFor(guard: ResourceGuard, operation: CriticalOperation): string | undefined {
  const isExcluded = guard.excludedOperations.some((excluded) =>
    fullName(operation).toLowerCase().endsWith(excluded.toLowerCase()),
  );
  return isExcluded ? undefined : `${guard.id}/${requestTypes[operation]}/default`;
}

/** The map from operations to requests that a proxy shows. */
export function operationDetailsOf(
  guard: ResourceGuard,
): { vaultCriticalOperation: string; defaultResourceRequest: string }[] {
  return (Object.keys(requestTypes) as CriticalOperation[]).flatMap((operation) => {
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
  return answer(existing ? 200 : 201, render(guard), dataProtectionContentType(call));
}

export function getGuard(cloud: Cloud, call: Call): Answer {
  const guard = requireResource(cloud.resourceGuards, type, call);
  return answer(200, render(guard), dataProtectionContentType(call));
}

export function listGuards(cloud: Cloud, call: Call): Answer {
  const value = cloud.resourceGuards.below(resourceGroupIdOf(call.parameters)).map(render);
  return answer(200, { value }, dataProtectionContentType(call));
}

export function deleteGuard(cloud: Cloud, call: Call): Answer {
  const id = idFrom(call);
  if (cloud.resourceGuardProxies.all().some(({ guardId }) => sameId(guardId, id))) {
    throw conflict(assumedCodes.guardInUse, `The Resource Guard ${id} is in use by a Backup vault.`);
  }
  return answer(cloud.resourceGuards.delete(id) ? 200 : 204);
}

function render({ id, name, location, tags, excludedOperations, ...guard }: ResourceGuard): unknown {
  const watched = operationDetailsOf({ id, name, location, excludedOperations, ...guard });
  return {
    location,
    ...(tags ? { tags } : {}),
    properties: {
      provisioningState: "Succeeded",
      allowAutoApprovals: true,
      resourceGuardOperations: watched.map(({ vaultCriticalOperation, defaultResourceRequest }) => ({
        vaultCriticalOperation,
        requestResourceType: `${type}/${defaultResourceRequest.split("/").at(-2)}`,
      })),
      vaultCriticalOperationExclusionList: excludedOperations,
    },
    id,
    name,
    type,
  };
}
