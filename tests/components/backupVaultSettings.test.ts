import type { BackupVaultArgs } from "../../components";
import { declaredVault, groupId, identityId } from "./declared";
import { inputsOf } from "./recordingMonitor";

const vaultInputs = async (args: Partial<BackupVaultArgs>): Promise<Record<string, unknown>> =>
  inputsOf(await declaredVault(args), "backups-vault");

describe("the settings of a BackupVault", () => {
  it("are safe by default: its own identity, geo-redundant, soft delete on, alerts for failed jobs", async () => {
    const { identity, properties, defaults } = await vaultInputs({});
    expect({ identity, properties, defaults }).toEqual({
      identity: { type: "SystemAssigned" },
      properties: {},
      defaults: {
        storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
        securitySettings: {
          softDeleteSettings: { state: "On", retentionDurationInDays: 14 },
          immutabilitySettings: { state: "Disabled" },
        },
        monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
      },
    });
  });

  it.each<[what: string, args: Partial<BackupVaultArgs>, inputs: object]>([
    [
      "name, region and tags",
      { vaultName: "main", location: "westeurope", tags: { owner: "platform" } },
      {
        resourceId: `${groupId}/providers/Microsoft.DataProtection/backupVaults/main`,
        location: "westeurope",
        tags: { owner: "platform" },
      },
    ],
    [
      "both sorts of identity",
      { identity: { userAssignedIdentityIds: [identityId] } },
      { identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [identityId]: {} } } },
    ],
    [
      "a user-assigned identity alone",
      { identity: { systemAssigned: false, userAssignedIdentityIds: [identityId] } },
      { identity: { type: "UserAssigned", userAssignedIdentities: { [identityId]: {} } } },
    ],
    [
      "redundancy",
      { redundancy: "ZoneRedundant" },
      { properties: { storageSettings: [{ datastoreType: "VaultStore", type: "ZoneRedundant" }] } },
    ],
    [
      "cross-region restore",
      { crossRegionRestore: true },
      { properties: { featureSettings: { crossRegionRestoreSettings: { state: "Enabled" } } } },
    ],
    [
      "longer retention of what is deleted",
      { softDelete: { state: "on", retentionInDays: 180 } },
      {
        properties: {
          securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 180 } },
        },
      },
    ],
    [
      "soft delete for ever",
      { softDelete: { state: "alwaysOn", acknowledge: "this cannot be undone" } },
      {
        properties: {
          securitySettings: { softDeleteSettings: { state: "AlwaysOn" } },
        },
      },
    ],
    [
      "no soft delete",
      { softDelete: { state: "off", acknowledge: "deleted backups are lost" } },
      { properties: { securitySettings: { softDeleteSettings: { state: "Off" } } } },
    ],
    [
      "unlocked immutability",
      { immutability: { state: "unlocked" } },
      { properties: { securitySettings: { immutabilitySettings: { state: "Unlocked" } } } },
    ],
    [
      "locked immutability",
      { immutability: { state: "locked", acknowledge: "this cannot be undone" } },
      { properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } },
    ],
    [
      "no alerts",
      { alertsForFailedJobs: false },
      {
        properties: {
          monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Disabled" } },
        },
      },
    ],
    [
      "a key that the vault's own identity reads",
      { encryption: { keyUri: "https://kv.vault.azure.net/keys/k/1" } },
      {
        properties: {
          securitySettings: {
            encryptionSettings: {
              state: "Enabled",
              infrastructureEncryption: "Disabled",
              kekIdentity: { identityType: "SystemAssigned" },
              keyVaultProperties: { keyUri: "https://kv.vault.azure.net/keys/k/1" },
            },
          },
        },
      },
    ],
    [
      "a key that a user-assigned identity reads",
      {
        identity: { userAssignedIdentityIds: [identityId] },
        encryption: {
          keyUri: "https://kv.vault.azure.net/keys/k/1",
          userAssignedIdentityId: identityId,
          infrastructureEncryption: true,
        },
      },
      {
        properties: {
          securitySettings: {
            encryptionSettings: {
              infrastructureEncryption: "Enabled",
              kekIdentity: { identityType: "UserAssigned", identityId },
            },
          },
        },
      },
    ],
  ])("are declared as the service spells them: %s", async (_what, args, inputs) => {
    expect(await vaultInputs(args)).toMatchObject(inputs);
  });
});
