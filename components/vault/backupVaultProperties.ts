import type { dataprotection } from "@pulumi/azure-native/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { BackupVaultArgs, Redundancy, SoftDeleteArgs } from "./backupVaultArgs";

type VaultProperties = Partial<dataprotection.BackupVaultArgs>;

/** What the program says of the vault. What it leaves out is for {@link vaultDefaults}, or for whoever sets it. */
export function vaultProperties(args: BackupVaultArgs): VaultProperties {
  const { redundancy, softDelete, immutability, crossRegionRestore, alertsForFailedJobs } = args;
  const securitySettings = {
    ...(softDelete === undefined ? {} : { softDeleteSettings: softDeleteSettings(softDelete) }),
    ...(immutability === undefined
      ? {}
      : { immutabilitySettings: { state: immutabilityStates[immutability.state] } }),
    ...encryptionSettings(args),
  };
  return {
    ...(redundancy === undefined ? {} : { storageSettings: storageSettings(redundancy) }),
    ...(Object.keys(securitySettings).length > 0 ? { securitySettings } : {}),
    ...(crossRegionRestore ? { featureSettings: { crossRegionRestoreSettings: { state: "Enabled" } } } : {}),
    ...(alertsForFailedJobs === undefined
      ? {}
      : { monitoringSettings: monitoringSettings(alertsForFailedJobs) }),
  };
}

/** What the vault begins with where the program says nothing. What others make stronger of it stays so. */
export function vaultDefaults({ softDelete }: BackupVaultArgs): VaultProperties {
  const retention = softDelete?.state === "off" ? {} : { retentionDurationInDays: 14 };
  return {
    storageSettings: storageSettings("GeoRedundant"),
    securitySettings: {
      softDeleteSettings: { state: "On", ...retention },
      immutabilitySettings: { state: "Disabled" },
    },
    monitoringSettings: monitoringSettings(true),
  };
}

function storageSettings(redundancy: Redundancy): VaultProperties["storageSettings"] {
  return [{ datastoreType: "VaultStore", type: redundancy }];
}

function monitoringSettings(hasAlerts: boolean): VaultProperties["monitoringSettings"] {
  return { azureMonitorAlertSettings: { alertsForAllJobFailures: hasAlerts ? "Enabled" : "Disabled" } };
}

/** The identities of the vault, as its `type` spells their combination. */
export function vaultIdentity({ identity }: BackupVaultArgs): pulumi.Output<object> {
  return pulumi.output(identity?.userAssignedIdentityIds ?? []).apply((ids) => {
    const types = [
      ...(identity?.systemAssigned === false ? [] : ["SystemAssigned"]),
      ...(ids.length > 0 ? ["UserAssigned"] : []),
    ];
    const userAssignedIdentities = Object.fromEntries(ids.map((id) => [id, {}]));
    return { type: types.join(","), ...(ids.length > 0 ? { userAssignedIdentities } : {}) };
  });
}

const immutabilityStates = { off: "Disabled", unlocked: "Unlocked", locked: "Locked" } as const;
const softDeleteStates = { on: "On", alwaysOn: "AlwaysOn", off: "Off" } as const;

function softDeleteSettings(softDelete: SoftDeleteArgs): dataprotection.SoftDeleteSettingsArgs {
  const retention = softDelete.state === "off" ? undefined : softDelete.retentionInDays;
  return {
    state: softDeleteStates[softDelete.state],
    ...(retention === undefined ? {} : { retentionDurationInDays: retention }),
  };
}

function encryptionSettings({ encryption }: BackupVaultArgs): Partial<dataprotection.SecuritySettingsArgs> {
  if (encryption === undefined) {
    return {};
  }
  const { keyUri, userAssignedIdentityId: identityId, infrastructureEncryption = false } = encryption;
  return {
    encryptionSettings: {
      state: "Enabled",
      keyVaultProperties: { keyUri },
      kekIdentity:
        identityId === undefined
          ? { identityType: "SystemAssigned" }
          : { identityType: "UserAssigned", identityId },
      infrastructureEncryption: infrastructureEncryption ? "Enabled" : "Disabled",
    },
  };
}
