import { textProperty } from "../arm/requestBody";
import { pairedRegionOf } from "../arm/regions";
import type { Cloud } from "../cloud";
import type { BackupVault } from "../records/vault";
import { guardOf } from "./multiUserAuthorization";
import { statusOf } from "./operations";
import { shown } from "./shownAs";
import { renderIdentity } from "./vaultIdentity";
import type { SecuritySettings } from "./vaultSecurity";

/** A vault as the service shows it, its names in the recorded order (backup_vault_update). */
export function renderVault(
  cloud: Cloud,
  vault: BackupVault,
  provisioningState = vault.provisioningState ?? provisioningStateOf(cloud, vault),
): Record<string, unknown> {
  const { id, name, type, location, tags, identity, monitoringSettings, featureSettings } = vault;
  const isGuarded = guardOf(cloud, vault) !== undefined;
  return {
    location,
    ...(identity ? { identity: renderIdentity(identity) } : {}),
    ...(tags ? { tags } : {}),
    properties: shown(vault, {
      provisioningState,
      storageSettings: vault.storageSettings,
      isVaultProtectedByResourceGuard: isGuarded,
      ...(monitoringSettings ? { monitoringSettings } : {}),
      securitySettings: vault.securitySettings,
      ...(featureSettings ? { featureSettings } : {}),
      ...securityLevelOf(vault.securitySettings, isGuarded),
      replicatedRegions: replicatedRegionsOf(vault),
    }),
    id,
    name,
    type,
  };
}

function provisioningStateOf(cloud: Cloud, { lastPut }: BackupVault): string {
  const operation = lastPut && cloud.operations.get(lastPut.operationId);
  switch (operation ? statusOf(cloud, operation) : "Succeeded") {
    case "Succeeded":
      return "Succeeded";
    case "Failed":
    case "Canceled":
      return "Failed";
    default:
      return lastPut!.shownAs;
  }
}

/** Both words tell the same in every recording. That a guard makes the most of what cannot be taken back is assumed. */
function securityLevelOf(
  { softDeleteSettings, immutabilitySettings }: SecuritySettings,
  isGuarded: boolean,
): { secureScore: string; bcdrSecurityLevel: string } {
  if (softDeleteSettings.state === "AlwaysOn" || immutabilitySettings?.state === "Locked") {
    return isGuarded
      ? { secureScore: "Maximum", bcdrSecurityLevel: "Excellent" }
      : { secureScore: "Adequate", bcdrSecurityLevel: "Good" };
  }
  return softDeleteSettings.state === "On"
    ? { secureScore: "Minimum", bcdrSecurityLevel: "Fair" }
    : { secureScore: "None", bcdrSecurityLevel: "Poor" };
}

function replicatedRegionsOf({ storageSettings, location }: BackupVault): string[] {
  const isGeoRedundant = storageSettings.some(
    (setting) => textProperty(setting, "type")?.toLowerCase() === "georedundant",
  );
  const region = isGeoRedundant ? pairedRegionOf(location) : undefined;
  return region ? [region] : [];
}
