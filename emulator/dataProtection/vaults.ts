import { randomUUID } from "node:crypto";
import { isAtLeast } from "../arm/apiVersions";
import { isObject, property, requireLocation, requireObject, tagsOf } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import { normaliseLocation, resourceGroupIdOf, resourceIdOf } from "../arm/resourceId";
import { checkStaysInRegion, requireResource } from "../arm/topLevelResources";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { assumedCodes } from "./assumedCodes";
import { dataProtectionContentType } from "./contentType";
import { checkApproved, guardOf, namedRequests } from "./multiUserAuthorization";
import { resultOf } from "./operations";
import { invalidInput, refusal, userError } from "./userErrors";
import { checkRedundancyKept, readFeatures } from "./vaultCommitments";
import { readIdentity, renderIdentity } from "./vaultIdentity";
import type { VaultIdentity } from "./vaultIdentity";
import { shown } from "./shownAs";
import type { ShownAs } from "./shownAs";
import { guardedChangesBetween, readSecuritySettings } from "./vaultSecurity";
import type { SecuritySettings } from "./vaultSecurity";

const vaultType = "Microsoft.DataProtection/backupVaults";

export interface BackupVault extends ShownAs {
  id: string;
  name: string;
  type: typeof vaultType;
  location: string;
  tags?: Record<string, string>;
  identity?: VaultIdentity;
  storageSettings: unknown[];
  securitySettings: SecuritySettings;
  featureSettings?: JsonObject;
  monitoringSettings: JsonObject;
  /** Other than `Succeeded`, until the next write. */
  provisioningState?: string;
  /** First half of the ids of its operations. */
  serviceId: string;
}

/** The vault that the route's `vaultName` means; the gateway has made sure that it is there. */
export function vaultOf(cloud: Cloud, call: Call): BackupVault {
  return cloud.vaults.get(resourceIdOf(call.parameters, vaultType, call.parameters["vaultName"]!))!;
}

const idFrom = ({ parameters }: Call): string => resourceIdOf(parameters, vaultType, parameters["name"]!);

const find = (cloud: Cloud, call: Call): BackupVault => requireResource(cloud.vaults, vaultType, call);

export function putVault(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const location = normaliseLocation(requireLocation(body));
  const name = call.parameters["name"]!;
  const existing = cloud.vaults.get(idFrom(call));
  checkStaysInRegion(existing, location, call);
  if (!/^[A-Za-z][-A-Za-z0-9]*[A-Za-z0-9]$/.test(name) || name.length > 50) {
    throw invalidInput(`'${name}' is not a valid name of a Backup vault.`);
  }
  const properties = property(body, "properties");
  const storageSettings = property(properties, "storageSettings");
  if (!Array.isArray(storageSettings) || storageSettings.length === 0) {
    throw invalidInput("storageSettings is required.");
  }
  checkRedundancyKept(cloud, existing, storageSettings as unknown[]);
  const featureSettings = readFeatures(properties, existing);
  const identity = readIdentity(cloud, property(body, "identity"), existing?.identity);
  const vault: BackupVault = {
    id: existing?.id ?? idFrom(call),
    name: existing?.name ?? name,
    type: vaultType,
    location,
    ...tagsOf(body),
    ...(identity ? { identity } : {}),
    storageSettings: storageSettings as unknown[],
    securitySettings: securityFrom(cloud, call, existing),
    ...(featureSettings ? { featureSettings } : {}),
    monitoringSettings: monitoringFrom(properties, existing),
    serviceId: existing?.serviceId ?? randomUUID(),
    ...(existing?.shownAs ? { shownAs: existing.shownAs } : {}),
  };
  cloud.vaults.put(vault);
  return answer(existing ? 200 : 201, render(cloud, vault), dataProtectionContentType(call));
}

export function patchVault(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const vault = find(cloud, call);
  const properties = property(body, "properties");
  const featureSettings = readFeatures(properties, vault);
  const { identity: before, provisioningState: _state, ...withoutIdentity } = vault;
  const asked = property(body, "identity");
  const identity = asked === undefined ? before : readIdentity(cloud, asked, before);
  const changed: BackupVault = {
    ...withoutIdentity,
    ...tagsOf(body),
    ...(identity ? { identity } : {}),
    securitySettings: securityFrom(cloud, call, vault),
    ...(featureSettings ? { featureSettings } : {}),
    monitoringSettings: monitoringFrom(properties, vault),
  };
  cloud.vaults.put(changed);
  return answer(200, render(cloud, changed), dataProtectionContentType(call));
}

/** Weaker settings than before, and another key, need the consent of the vault's guard. */
function securityFrom(cloud: Cloud, call: Call, existing: BackupVault | undefined): SecuritySettings {
  const properties = property(call.body, "properties");
  const settings = readSecuritySettings(properties, existing?.securitySettings, call.apiVersion);
  for (const operation of existing ? guardedChangesBetween(existing.securitySettings, settings) : []) {
    checkApproved(cloud, call, existing!, operation, namedRequests(call, properties));
  }
  return settings;
}

function monitoringFrom(properties: unknown, existing: BackupVault | undefined): JsonObject {
  const asked = property(properties, "monitoringSettings");
  const standard = { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } };
  return isObject(asked) ? asked : (existing?.monitoringSettings ?? standard);
}

export function getVault(cloud: Cloud, call: Call): Answer {
  return answer(200, render(cloud, find(cloud, call)), dataProtectionContentType(call));
}

export function getVaultOperationResult(cloud: Cloud, call: Call): Answer {
  return resultOf(cloud, call, () =>
    answer(200, render(cloud, vaultOf(cloud, call)), dataProtectionContentType(call)),
  );
}

export function listVaults(cloud: Cloud, call: Call): Answer {
  return answer(200, {
    value: cloud.vaults.below(resourceGroupIdOf(call.parameters)).map((vault) => render(cloud, vault)),
  });
}

export function listVaultsInSubscription(cloud: Cloud, call: Call): Answer {
  return answer(200, {
    value: cloud.vaults
      .below(`/subscriptions/${call.parameters["subscriptionId"]}`)
      .map((vault) => render(cloud, vault)),
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
    throw refusal(userError(assumedCodes.vaultNotEmpty, message, action));
  }
  cloud.removeTree(vault.id);
  return answer(200);
}

function render(cloud: Cloud, vault: BackupVault): Record<string, unknown> {
  const { id, name, type, location, tags, identity } = vault;
  return {
    location,
    ...(identity ? { identity: renderIdentity(identity) } : {}),
    ...(tags ? { tags } : {}),
    properties: shown(vault, {
      monitoringSettings: vault.monitoringSettings,
      provisioningState: vault.provisioningState ?? "Succeeded",
      resourceMoveState: "Unknown",
      securitySettings: vault.securitySettings,
      storageSettings: vault.storageSettings,
      isVaultProtectedByResourceGuard: guardOf(cloud, vault) !== undefined,
      ...(vault.featureSettings ? { featureSettings: vault.featureSettings } : {}),
    }),
    id,
    name,
    type,
  };
}
