import * as azureNative from "@pulumi/azure-native/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { BackupVaultArgs } from "../../components";
import { BackupVault, diskPolicies, diskPolicy } from "../../components";
import type { Registration } from "./recordingMonitor";
import {
  childrenOf,
  otherSubscriptionId,
  principalId,
  registrationsOf,
  subscriptionId,
  userAssignedPrincipalId,
} from "./recordingMonitor";

const group = `/subscriptions/${subscriptionId}/resourceGroups/estate`;
const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backups`;
const guardId = `${group}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const { daily } = diskPolicies;
const ours = "pulumi-nodejs:dynamic/azure-dataprotection";

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
    const { identity, properties } = (await vaultInputs({})) ?? {};
    expect({ identity, properties }).toEqual({
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
    expect(childrenOf(registrations)).toEqual([
      ["backups", "azure-dataprotection:index:BackupVault", ""],
      ["backups-daily", `${ours}:BackupPolicy`, "backups"],
      ["backups-resource-guard-proxy", `${ours}:ResourceGuardProxy`, "backups"],
      ["backups-vault", `${ours}:BackupVault`, "backups"],
    ]);
    const vaultId = String(registrations.get("backups-vault")?.inputs.resourceId);
    const proxy = registrations.get("backups-resource-guard-proxy");
    expect(proxy?.inputs.resourceId).toBe(`${vaultId}/backupResourceGuardProxies/DppResourceGuardProxy`);
    expect(proxy?.inputs.properties).toEqual({ resourceGuardResourceId: guardId });
    const policy = registrations.get("backups-daily");
    expect(policy?.inputs.resourceId).toMatch(new RegExp(`^${vaultId}/backupPolicies/daily-[0-9a-f]{8}$`));
    expect(policy?.inputs.properties).toEqual(daily.properties);
    expect([proxy?.deletedWith, policy?.deletedWith]).toEqual(["backups-vault", "backups-vault"]);
    expect(policy?.dependencies).toContain("backups-vault");
  });

  it("gives a policy that is changed another name in the vault, as the service never changes one", async () => {
    const idOf = async (keep: "30 days" | "31 days"): Promise<unknown> => {
      const policies = { daily: diskPolicy({ every: "1 day", keep }) };
      return (await registrationsOfVault({ policies })).get("backups-daily")?.inputs.resourceId;
    };
    const same = (await registrationsOfVault({ policies: { daily } })).get("backups-daily")?.inputs;
    expect(await idOf("30 days")).toEqual(same?.resourceId);
    expect(await idOf("31 days")).not.toEqual(same?.resourceId);
  });

  it("has a name that is the same on every run", async () => {
    const idOf = async (): Promise<unknown> => (await vaultInputs({}))?.resourceId;
    expect(await idOf()).toMatch(
      new RegExp(`^${group}/providers/Microsoft.DataProtection/backupVaults/backups-[0-9a-f]{8}$`),
    );
    expect(await idOf()).toBe(await idOf());
  });

  it("gets a resource group of its own where none is named", async () => {
    const registrations = await registrationsOf(
      () => void new BackupVault("backups", { location: "westeurope", tags: { owner: "platform" } }),
    );
    const created = registrations.get("backups-group");
    expect(created).toMatchObject({ type: `${ours}:ResourceGroup`, parent: "backups" });
    expect(created?.inputs).toMatchObject({ location: "westeurope", tags: { owner: "platform" } });
    const vault = registrations.get("backups-vault");
    expect(vault?.inputs.resourceId).toContain(`${String(created?.inputs.resourceId)}/providers/`);
    expect(vault?.dependencies).toContain("backups-group");
    expect(created?.inputs.neededBy).toEqual({ vaultId: vault?.inputs.resourceId });
  });

  it("has a policy for each way of protecting something where none are declared", async () => {
    const names = [...(await registrationsOfVault()).keys()];
    for (const name of ["disks", "blobs", "vaultedBlobs", "dataLakes"]) {
      expect(names).toContain(`backups-${name}`);
    }
  });

  it("knows its id and those of its policies in previews", async () => {
    const known: string[] = [];
    await registrationsOf(
      () => {
        const vault = new BackupVault("backups", { resourceGroupName: "estate", policies: { daily } });
        [vault.id, vault.policyIds.daily].forEach((id) => id.apply((value) => known.push(value)));
      },
      { isPreview: true },
    );
    expect(known).toEqual([
      expect.stringContaining("/backupVaults/backups-"),
      expect.stringContaining("/daily-"),
    ]);
  });

  it.each<[what: string, args: Partial<BackupVaultArgs>, inputs: object]>([
    [
      "name, region and tags",
      { vaultName: "main", location: "westeurope", tags: { owner: "platform" } },
      {
        resourceId: `${group}/providers/Microsoft.DataProtection/backupVaults/main`,
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
    ["its own identity", {}, principalId],
    [
      "its user-assigned identity where it has no other",
      { identity: { systemAssigned: false, userAssignedIdentityIds: [identityId.toUpperCase()] } },
      userAssignedPrincipalId,
    ],
  ])("shows its id, those of its policies, and the principal of %s", async (_what, args, expected) => {
    const shown: Record<string, string> = {};
    const registrations = await registrationsOf(() => {
      const vault = new BackupVault("backups", { resourceGroupName: "estate", policies: { daily }, ...args });
      vault.id.apply((id) => (shown.id = id));
      vault.policyIds.daily.apply((id) => (shown.daily = id));
      vault.principalId.apply((id) => (shown.principalId = id));
    });
    expect(shown).toEqual({
      id: registrations.get("backups-vault")?.inputs.resourceId,
      daily: registrations.get("backups-daily")?.inputs.resourceId,
      principalId: expected,
    });
  });

  it("is in the subscription of its azure-native provider", async () => {
    const registrations = await registrationsOfVault({}, () => ({
      provider: new azureNative.Provider("elsewhere"),
    }));
    const vaultId = String(registrations.get("backups-vault")?.inputs.resourceId);
    expect(vaultId).toContain(`/subscriptions/${otherSubscriptionId}/resourceGroups/estate/`);
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
    ["resourceGroupName", { resourceGroupName: "" }, /is empty/],
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
