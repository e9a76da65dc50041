import { randomUUID } from "node:crypto";
import { isAtLeast } from "../arm/apiVersions";
import { conflict } from "../arm/errors";
import { isObject, property, requireLocation, requireObject, tagsOf } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import { normaliseLocation, resourceGroupIdOf, resourceIdOf } from "../arm/resourceId";
import { checkStaysInRegion, requireResource } from "../arm/topLevelResources";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { VaultDeletionTask } from "../records/task";
import type { BackupVault } from "../records/vault";
import { assumedCodes } from "./assumedCodes";
import { dataProtectionContentType } from "./contentType";
import { checkApproved, namedRequests } from "./multiUserAuthorization";
import { accepted, beginOperation, resultOf, statusUrl } from "./operations";
import { renderVault } from "./renderVault";
import { invalidInput, refusal, userError } from "./userErrors";
import type { UserFacingError } from "./userErrors";
import { checkRedundancyKept, readFeatures } from "./vaultCommitments";
import { readIdentity } from "./vaultIdentity";
import { guardedChangesBetween, readSecuritySettings } from "./vaultSecurity";
import type { SecuritySettings } from "./vaultSecurity";

const vaultType = "Microsoft.DataProtection/backupVaults";

/** The vault that the route's `vaultName` means; the gateway has made sure that it is there. */
export function vaultOf(cloud: Cloud, call: Call): BackupVault {
  return cloud.vaults.get(resourceIdOf(call.parameters, vaultType, call.parameters["vaultName"]!))!;
}

const idFrom = ({ parameters }: Call): string => resourceIdOf(parameters, vaultType, parameters["name"]!);

const find = (cloud: Cloud, call: Call): BackupVault => requireResource(cloud.vaults, vaultType, call);

/** Creates or changes, at once; both answer 201 and show for a while that they are at work (backup_vault_update). */
export function putVault(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const location = normaliseLocation(requireLocation(body));
  const name = call.parameters["name"]!;
  const existing = cloud.vaults.get(idFrom(call));
  checkStaysInRegion(existing, location, call);
  checkNotBeingDeleted(existing);
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
  const written: BackupVault = {
    id: existing?.id ?? idFrom(call),
    name: existing?.name ?? name,
    type: vaultType,
    location,
    ...tagsOf(body),
    ...(identity ? { identity } : {}),
    storageSettings: storageSettings as unknown[],
    securitySettings: securityFrom(cloud, call, existing),
    ...(featureSettings ? { featureSettings } : {}),
    ...monitoringFrom(properties, existing),
    serviceId: existing?.serviceId ?? randomUUID(),
    ...(existing?.shownAs ? { shownAs: existing.shownAs } : {}),
  };
  const operation = beginOperation(cloud, call, written, "vaultPut");
  const lastPut = { operationId: operation.id, shownAs: existing ? "Updating" : "Provisioning" } as const;
  const vault: BackupVault = { ...written, lastPut };
  cloud.vaults.put(vault);
  return answer(201, renderVault(cloud, vault, lastPut.shownAs), {
    "Azure-AsyncOperation": statusUrl(cloud, call, operation),
    ...cloud.pace.retryHeaders("vaultPut"),
    ...dataProtectionContentType(call),
  });
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
    ...monitoringFrom(properties, vault),
  };
  cloud.vaults.put(changed);
  return answer(200, renderVault(cloud, changed), dataProtectionContentType(call));
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

function monitoringFrom(
  properties: unknown,
  existing: BackupVault | undefined,
): { monitoringSettings?: JsonObject } {
  const asked = property(properties, "monitoringSettings");
  const monitoringSettings = isObject(asked) ? asked : existing?.monitoringSettings;
  return monitoringSettings ? { monitoringSettings } : {};
}

/** That it is refused, and how, is assumed. */
function checkNotBeingDeleted(vault: BackupVault | undefined): void {
  if (vault?.deletionOperationId !== undefined) {
    throw conflict(assumedCodes.vaultBeingDeleted, `Backup vault ${vault.id} is being deleted.`);
  }
}

export function getVault(cloud: Cloud, call: Call): Answer {
  return answer(200, renderVault(cloud, find(cloud, call)), dataProtectionContentType(call));
}

export function getVaultOperationResult(cloud: Cloud, call: Call): Answer {
  return resultOf(cloud, call, () =>
    answer(200, renderVault(cloud, vaultOf(cloud, call)), dataProtectionContentType(call)),
  );
}

export function listVaults(cloud: Cloud, call: Call): Answer {
  return answer(200, {
    value: cloud.vaults.below(resourceGroupIdOf(call.parameters)).map((vault) => renderVault(cloud, vault)),
  });
}

export function listVaultsInSubscription(cloud: Cloud, call: Call): Answer {
  return answer(200, {
    value: cloud.vaults
      .below(`/subscriptions/${call.parameters["subscriptionId"]}`)
      .map((vault) => renderVault(cloud, vault)),
  });
}

/** Refused while the vault holds instances; soft-deleted ones count before 2025-09-01 (facts 4.1). */
export function deleteVault(cloud: Cloud, call: Call): Answer {
  const vault = cloud.vaults.get(idFrom(call));
  if (!vault) {
    return answer(204);
  }
  const running = cloud.operations.get(vault.deletionOperationId ?? "");
  if (running) {
    return accepted(cloud, call, running, "vaultDelete");
  }
  const instances = cloud.instances.below(vault.id).length;
  const deletedInstances = cloud.deletedInstances.below(vault.id).length;
  if (instances > 0 || (deletedInstances > 0 && !isAtLeast(call.apiVersion, "2025-09-01"))) {
    throw refusal(notEmpty(vault, instances, deletedInstances));
  }
  const operation = beginOperation(cloud, call, vault, "vaultDelete", { outlivesVault: true });
  cloud.vaults.put({ ...vault, deletionOperationId: operation.id });
  cloud.schedule(operation.endsAt, { kind: "endVaultDeletion", operationId: operation.id });
  return accepted(cloud, call, operation, "vaultDelete");
}

/** That it is refused is known (facts 4.1, peers B5); the code is assumed. */
function notEmpty(vault: BackupVault, instances: number, deletedInstances: number): UserFacingError {
  return userError(
    assumedCodes.vaultNotEmpty,
    `Backup vault ${vault.id} cannot be deleted as it holds ${instances} backup instances and ` +
      `${deletedInstances} soft deleted backup instances.`,
    "Delete all backup instances, and wait until the soft deleted ones are purged or disable soft delete.",
  );
}

/** What was created in the vault while its deletion ran keeps the vault. */
export function endVaultDeletion(cloud: Cloud, { operationId }: VaultDeletionTask): void {
  const operation = cloud.operations.get(operationId);
  const vault = operation && cloud.vaults.get(operation.vaultId);
  if (!vault) {
    return;
  }
  const instances = cloud.instances.below(vault.id).length;
  if (instances > 0) {
    const { deletionOperationId: _ended, ...kept } = vault;
    cloud.vaults.put(kept);
    cloud.operations.put({ ...operation, error: notEmpty(vault, instances, 0) });
  } else {
    cloud.removeTree(vault.id);
  }
}
