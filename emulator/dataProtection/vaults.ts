import { randomUUID } from "node:crypto";
import { tenantId } from "../accounts";
import { isAtLeast } from "../arm/apiVersions";
import { conflict, resourceNotFound } from "../arm/errors";
import { isObject, property, requireLocation, requireObject, tagsOf, textProperty } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import { normaliseLocation, resourceGroupIdOf, resourceIdOf } from "../arm/resourceId";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { dataProtectionContentType } from "./contentType";
import { resultOf } from "./operations";
import { invalidInput, refusal, userError } from "./userErrors";
import { readSecuritySettings } from "./vaultSecurity";
import type { SecuritySettings } from "./vaultSecurity";

export const vaultType = "Microsoft.DataProtection/backupVaults";

export interface BackupVault {
  id: string;
  name: string;
  type: typeof vaultType;
  location: string;
  tags?: Record<string, string>;
  /** Absent when the vault has no identity. */
  identityType?: string;
  /** Of the system-assigned identity, kept while there is one. */
  principalId?: string;
  storageSettings: unknown[];
  securitySettings: SecuritySettings;
  featureSettings?: JsonObject;
  monitoringSettings: JsonObject;
  /** First half of the ids of its operations. */
  serviceId: string;
}

/** The vault that the route's `vaultName` means; the gateway has made sure that it is there. */
export function vaultOf(cloud: Cloud, call: Call): BackupVault {
  return cloud.vaults.get(resourceIdOf(call.parameters, vaultType, call.parameters["vaultName"]!))!;
}

const idFrom = ({ parameters }: Call): string => resourceIdOf(parameters, vaultType, parameters["name"]!);

function find(cloud: Cloud, call: Call): BackupVault {
  const vault = cloud.vaults.get(idFrom(call));
  if (!vault) {
    throw resourceNotFound(`${vaultType}/${call.parameters["name"]}`, call.parameters["resourceGroupName"]!);
  }
  return vault;
}

export function putVault(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const location = normaliseLocation(requireLocation(body));
  const name = call.parameters["name"]!;
  const existing = cloud.vaults.get(idFrom(call));
  if (existing && existing.location !== location) {
    throw conflict(
      "InvalidResourceLocation",
      `The resource '${name}' already exists in location '${existing.location}' in resource group ` +
        `'${call.parameters["resourceGroupName"]}'. A resource with the same name cannot be created in location ` +
        `'${location}'. Please select a new resource name.`,
    );
  }
  if (!/^[A-Za-z][-A-Za-z0-9]*[A-Za-z0-9]$/.test(name) || name.length > 50) {
    throw invalidInput(`'${name}' is not a valid name of a Backup vault.`);
  }
  const properties = property(body, "properties");
  const storageSettings = property(properties, "storageSettings");
  if (!Array.isArray(storageSettings) || storageSettings.length === 0) {
    throw invalidInput("storageSettings is required.");
  }
  const featureSettings = property(properties, "featureSettings");
  const vault: BackupVault = {
    id: existing?.id ?? idFrom(call),
    name: existing?.name ?? name,
    type: vaultType,
    location,
    ...tagsOf(body),
    ...identityFrom(cloud, property(body, "identity"), existing),
    storageSettings: storageSettings as unknown[],
    securitySettings: readSecuritySettings(properties, existing?.securitySettings, call.apiVersion),
    ...(isObject(featureSettings) ? { featureSettings } : {}),
    monitoringSettings: monitoringFrom(properties, existing),
    serviceId: existing?.serviceId ?? randomUUID(),
  };
  cloud.vaults.put(vault);
  return answer(existing ? 200 : 201, render(vault), dataProtectionContentType(call));
}

export function patchVault(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const vault = find(cloud, call);
  const properties = property(body, "properties");
  const featureSettings = property(properties, "featureSettings");
  const identity = property(body, "identity");
  const { identityType, principalId, ...withoutIdentity } = vault;
  const changed: BackupVault = {
    ...withoutIdentity,
    ...tagsOf(body),
    ...(identity === undefined
      ? { ...(identityType ? { identityType } : {}), ...(principalId ? { principalId } : {}) }
      : identityFrom(cloud, identity, vault)),
    securitySettings: readSecuritySettings(properties, vault.securitySettings, call.apiVersion),
    ...(isObject(featureSettings) ? { featureSettings } : {}),
    monitoringSettings: monitoringFrom(properties, vault),
  };
  cloud.vaults.put(changed);
  return answer(200, render(changed), dataProtectionContentType(call));
}

function monitoringFrom(properties: unknown, existing: BackupVault | undefined): JsonObject {
  const asked = property(properties, "monitoringSettings");
  const standard = { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } };
  return isObject(asked) ? asked : (existing?.monitoringSettings ?? standard);
}

function identityFrom(
  cloud: Cloud,
  identity: unknown,
  existing: BackupVault | undefined,
): { identityType?: string; principalId?: string } {
  const identityType = textProperty(identity, "type");
  if (!identityType || identityType.toLowerCase() === "none") {
    return {};
  }
  if (!/SystemAssigned/i.test(identityType)) {
    return { identityType };
  }
  const principalId = existing?.principalId ?? randomUUID();
  cloud.principalIds.add(principalId);
  return { identityType, principalId };
}

export function getVault(cloud: Cloud, call: Call): Answer {
  return answer(200, render(find(cloud, call)), dataProtectionContentType(call));
}

export function getVaultOperationResult(cloud: Cloud, call: Call): Answer {
  return resultOf(cloud, call, () =>
    answer(200, render(vaultOf(cloud, call)), dataProtectionContentType(call)),
  );
}

export function listVaults(cloud: Cloud, call: Call): Answer {
  return answer(200, { value: cloud.vaults.below(resourceGroupIdOf(call.parameters)).map(render) });
}

export function listVaultsInSubscription(cloud: Cloud, call: Call): Answer {
  return answer(200, {
    value: cloud.vaults.below(`/subscriptions/${call.parameters["subscriptionId"]}`).map(render),
  });
}

/** Refused while the vault holds instances; soft-deleted ones count before 2025-09-01 (facts 4.1). */
export function deleteVault(cloud: Cloud, call: Call): Answer {
  const vault = cloud.vaults.get(idFrom(call));
  if (!vault) {
    return answer(204);
  }
  const instances = cloud.instances.below(vault.id).length;
  const deletedInstances = cloud.deletedInstances.below(vault.id).length;
  if (instances > 0 || (deletedInstances > 0 && !isAtLeast(call.apiVersion, "2025-09-01"))) {
    // That it is refused is known (facts 4.1, peers B5); the code is assumed.
    const message =
      `Backup vault ${vault.id} cannot be deleted as it holds ${instances} backup instances and ` +
      `${deletedInstances} soft deleted backup instances.`;
    const action =
      "Delete all backup instances, and wait until the soft deleted ones are purged or disable soft delete.";
    throw refusal(userError("UserErrorVaultNotEmpty", message, action));
  }
  cloud.removeTree(vault.id);
  return answer(200);
}

function render(vault: BackupVault): Record<string, unknown> {
  const { id, name, type, location, tags, identityType, principalId } = vault;
  return {
    location,
    ...(identityType
      ? { identity: { type: identityType, ...(principalId ? { principalId, tenantId } : {}) } }
      : {}),
    ...(tags ? { tags } : {}),
    properties: {
      monitoringSettings: vault.monitoringSettings,
      provisioningState: "Succeeded",
      resourceMoveState: "Unknown",
      securitySettings: vault.securitySettings,
      storageSettings: vault.storageSettings,
      isVaultProtectedByResourceGuard: false,
      ...(vault.featureSettings ? { featureSettings: vault.featureSettings } : {}),
    },
    id,
    name,
    type,
  };
}
