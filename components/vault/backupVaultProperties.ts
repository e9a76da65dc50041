import type { dataprotection } from "@pulumi/azure-native/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { BackupVaultArgs } from "./backupVaultArgs";

/** The body of the vault, every setting said: what the program leaves out is the safe default, not what was there before. */
export function vaultProperties(args: BackupVaultArgs): dataprotection.BackupVaultArgs {
  return {
    storageSettings: [{ datastoreType: "VaultStore", type: args.redundancy ?? "GeoRedundant" }],
    securitySettings: {
      softDeleteSettings: softDeleteSettings(args),
      immutabilitySettings: { state: immutabilityStates[args.immutability?.state ?? "off"] },
      ...encryptionSettings(args),
    },
    ...(args.crossRegionRestore
      ? { featureSettings: { crossRegionRestoreSettings: { state: "Enabled" } } }
      : {}),
    monitoringSettings: {
      azureMonitorAlertSettings: {
        alertsForAllJobFailures: (args.alertsForFailedJobs ?? true) ? "Enabled" : "Disabled",
      },
    },
  };
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

function softDeleteSettings({
  softDelete = { state: "on" },
}: BackupVaultArgs): dataprotection.SoftDeleteSettingsArgs {
  return {
    state: softDeleteStates[softDelete.state],
    ...(softDelete.state === "off" ? {} : { retentionDurationInDays: softDelete.retentionInDays ?? 14 }),
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
