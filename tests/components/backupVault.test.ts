import * as azureNative from "@pulumi/azure-native/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { BackupVaultArgs } from "../../components";
import { BackupVault, diskPolicies, diskPolicy } from "../../components";
import type { Registration } from "./recordingMonitor";
import { idOf, registrationsOf } from "./recordingMonitor";

const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/estate";
const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backups`;
const guardId = `${group}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const { daily } = diskPolicies;

async function registrationsOfVault(
  args: Partial<BackupVaultArgs> = {},
  opts?: () => pulumi.ComponentResourceOptions,
): Promise<Map<string, Registration>> {
  return registrationsOf(
    () => void new BackupVault("backups", { resourceGroupName: "estate", ...args }, opts?.()),
  );
}

const vaultInputs = async (args: Partial<BackupVaultArgs>): Promise<Record<string, unknown> | undefined> =>
  (await registrationsOfVault(args)).get("backups-vault")?.inputs;

describe("BackupVault", () => {
  it("is safe by default: its own identity, geo-redundant, soft delete on, alerts for failed jobs", async () => {
    expect(await vaultInputs({})).toEqual({
      resourceGroupName: "estate",
      identity: { type: "SystemAssigned" },
      properties: {
        storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
        securitySettings: {
          softDeleteSettings: { state: "On", retentionDurationInDays: 14 },
          immutabilitySettings: { state: "Disabled" },
        },
        monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
      },
    });
  });

  it("declares the vault, its guard and its policies, all named after it and deleted with the vault", async () => {
    const registrations = await registrationsOfVault({ resourceGuardId: guardId, policies: { daily } });
    expect(
      [...registrations.values()].map(({ name, type, parent, deletedWith }) => [
        name,
        type,
        parent,
        deletedWith,
      ]),
    ).toEqual([
      ["backups", "azure-dataprotection:index:BackupVault", "", ""],
      ["backups-vault", "azure-native:dataprotection:BackupVault", "backups", ""],
      [
        "backups-resource-guard-proxy",
        "azure-native:dataprotection:DppResourceGuardProxy",
        "backups",
        "backups-vault",
      ],
      ["backups-daily", "azure-native:dataprotection:BackupPolicy", "backups", "backups-vault"],
    ]);
    expect(registrations.get("backups-resource-guard-proxy")?.inputs).toMatchObject({
      resourceGuardProxyName: "DppResourceGuardProxy",
      properties: { resourceGuardResourceId: guardId },
    });
    expect(registrations.get("backups-daily")?.inputs).toMatchObject({
      resourceGroupName: "estate",
      backupPolicyName: expect.stringMatching(/^daily-[0-9a-f]{8}$/),
      properties: daily.properties,
    });
  });

  it("gives a policy that is changed another name in the vault, as the service never changes one", async () => {
    const inputs = async (keep: "30 days" | "31 days"): Promise<Record<string, unknown> | undefined> => {
      const policies = { daily: diskPolicy({ every: "1 day", keep }) };
      return (await registrationsOfVault({ policies })).get("backups-daily")?.inputs;
    };
    const same = (await registrationsOfVault({ policies: { daily } })).get("backups-daily")?.inputs;
    expect(await inputs("30 days")).toEqual(same);
    expect((await inputs("31 days"))?.backupPolicyName).not.toEqual(same?.backupPolicyName);
  });

  it.each<[what: string, args: Partial<BackupVaultArgs>, inputs: object]>([
    [
      "name, region and tags",
      { vaultName: "main", location: "westeurope", tags: { owner: "platform" } },
      { vaultName: "main", location: "westeurope", tags: { owner: "platform" } },
    ],
    [
      "both sorts of identity",
      { identity: { userAssignedIdentityIds: [identityId] } },
      { identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [identityId] } },
    ],
    [
      "a user-assigned identity alone",
      { identity: { systemAssigned: false, userAssignedIdentityIds: [identityId] } },
      { identity: { type: "UserAssigned", userAssignedIdentities: [identityId] } },
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
          securitySettings: { softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 14 } },
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
  ])("declares %s", async (_what, args, inputs) => {
    expect(await vaultInputs(args)).toMatchObject(inputs);
  });

  it.each<[what: string, args: object, identity: string]>([
    ["its own identity", {}, "99999999-9999-4999-8999-999999999999"],
    [
      "its user-assigned identity where it has no other",
      { identity: { systemAssigned: false, userAssignedIdentityIds: [identityId.toUpperCase()] } },
      "88888888-8888-4888-8888-888888888888",
    ],
  ])("shows its id, those of its policies, and the principal of %s", async (_what, args, principalId) => {
    const shown: Record<string, string> = {};
    await registrationsOf(() => {
      const vault = new BackupVault("backups", { resourceGroupName: "estate", policies: { daily }, ...args });
      vault.id.apply((id) => (shown.id = id));
      vault.policyIds.daily.apply((id) => (shown.daily = id));
      vault.principalId.apply((id) => (shown.principalId = id));
    });
    expect(shown).toEqual({
      id: idOf("azure-native:dataprotection:BackupVault", "backups-vault"),
      daily: idOf("azure-native:dataprotection:BackupPolicy", "backups-daily"),
      principalId,
    });
  });

  it("hands its provider on to the children", async () => {
    const registrations = await registrationsOfVault(
      { resourceGuardId: guardId, policies: { daily } },
      () => ({
        provider: new azureNative.Provider("elsewhere"),
      }),
    );
    for (const name of ["backups-vault", "backups-resource-guard-proxy", "backups-daily"]) {
      expect([name, registrations.get(name)?.provider]).toEqual([name, "elsewhere"]);
    }
  });

  it.each<[property: string, args: object, reason: RegExp]>([
    [
      "softDelete.acknowledge",
      { softDelete: { state: "off" } },
      /declare acknowledge: "deleted backups are lost"/,
    ],
    [
      "softDelete.acknowledge",
      { softDelete: { state: "alwaysOn", acknowledge: "yes" } },
      /"this cannot be undone"/,
    ],
    ["immutability.acknowledge", { immutability: { state: "locked" } }, /"this cannot be undone"/],
    ["softDelete.state", { softDelete: { state: "Off" } }, /"Off" is none of "on", "alwaysOn", "off"/],
    ["softDelete.state", { softDelete: {} }, /nothing is none of/],
    ["softDelete.retentionInDays", { softDelete: { state: "on", retentionInDays: 13 } }, /from 14 to 180/],
    ["softDelete.retentionInDays", { softDelete: { state: "on", retentionInDays: 181 } }, /from 14 to 180/],
    ["softDelete.retentionInDays", { softDelete: { state: "on", retentionInDays: 14.5 } }, /from 14 to 180/],
    [
      "softDelete.retentionInDays",
      { softDelete: { state: "off", acknowledge: "deleted backups are lost", retentionInDays: 14 } },
      /leave it out/,
    ],
    ["immutability.state", { immutability: { state: "frozen" } }, /"frozen" is none of/],
    ["redundancy", { redundancy: "RA-GRS" }, /"RA-GRS" is none of/],
    ["crossRegionRestore", { redundancy: "ZoneRedundant", crossRegionRestore: true }, /"GeoRedundant"/],
    ["identity", { identity: { systemAssigned: false } }, /without an identity/],
    [
      "identity.userAssignedIdentityIds[0]",
      { identity: { userAssignedIdentityIds: [guardId] } },
      /userAssignedIdentities/,
    ],
    ["encryption.keyUri", { encryption: { keyUri: "my-key" } }, /URL of a key/],
    [
      "encryption.userAssignedIdentityId",
      { encryption: { keyUri: "https://kv.vault.azure.net/keys/k", userAssignedIdentityId: identityId } },
      /does not have/,
    ],
    ["resourceGuardId", { resourceGuardId: identityId }, /resourceGuards/],
    ["vaultName", { vaultName: "my_vault" }, /"my_vault" is no name/],
    ["vaultName", { vaultName: "v" }, /2 to 50/],
    ["resourceGroupName", { resourceGroupName: undefined }, /is missing/],
    ['policies["a_b"]', { policies: { a_b: daily } }, /"a_b" is no name of a policy; give 1 to 141 letters/],
    ['policies["x"]', { policies: { x: daily.properties } }, /is no policy; give one that diskPolicy, /],
    ['policies["x"]', { policies: { x: undefined } }, /is no policy/],
    ["softdelete", { softdelete: { state: "on" } }, /no such property/],
  ])("refuses %s before anything is registered: %j", async (property, args, reason) => {
    let message = "";
    const registrations = await registrationsOf(() => {
      try {
        new BackupVault("backups", { resourceGroupName: "estate", ...args });
      } catch (error) {
        message = (error as Error).message;
      }
    });
    expect(message).toContain(`declaring BackupVault "backups": ${property}: `);
    expect(message).toMatch(reason);
    expect([...registrations.keys()]).toEqual([]);
  });

  it("refuses a component name that no vault's name can be made of, unless a name is given", () => {
    const declare = (args: object): unknown =>
      new BackupVault("my_backups", { resourceGroupName: "estate", ...args });
    expect(() => declare({})).toThrow(/vaultName: none can be made of "my_backups"/);
  });

  it("names all that is wrong at once", () => {
    const args = { resourceGroupName: "", redundancy: "none", softDelete: { state: "off" } };
    expect(() => new BackupVault("backups", args as unknown as BackupVaultArgs)).toThrow(
      /resourceGroupName: .*; redundancy: .*; softDelete\.acknowledge: /,
    );
  });
});
