import type { Client, Json } from "./client";
import { Landscape, policy } from "./landscape";

describe("vaults and policies", () => {
  let landscape: Landscape;
  let client: Client;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
  });
  afterEach(() => landscape.stop());

  const body = (change: Json = {}): Json => ({
    location: "westeurope",
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }], ...change },
  });
  const softDelete = (settings: Json): Json => ({ securitySettings: { softDeleteSettings: settings } });

  it("creates a vault with soft delete on, and an identity only when asked", async () => {
    const created = await client.put(landscape.vaultIdOf("plain"), body());
    expect(created.status).toBe(201);
    expect(created.body.identity).toBeUndefined();
    expect(created.body.properties).toMatchObject({
      provisioningState: "Provisioning",
      securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
    });
    const identified = await client.call("PATCH", landscape.vaultIdOf("plain"), {
      identity: { type: "systemAssigned" },
    });
    expect(identified.body.identity).toMatchObject({
      principalId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      tenantId: landscape.emulator.tenantId,
    });
  });

  it("keeps a customer-managed key, and has no way back from it", async () => {
    const encryption = (state: string): Json => ({
      securitySettings: {
        encryptionSettings: { state, keyVaultProperties: { keyUri: "https://kv/keys/k" } },
      },
    });
    const vaultId = landscape.vaultIdOf("encrypted");
    await client.put(vaultId, body(encryption("Enabled")));
    expect((await client.put(vaultId, body())).body.properties).toMatchObject(encryption("Enabled"));
    expect((await client.put(vaultId, body(encryption("Disabled")))).status).toBe(400);
  });

  it("keeps a vault's principal through updates", async () => {
    const again = await client.put(landscape.vaultId, {
      ...body(),
      identity: { type: "SystemAssigned" },
      tags: { a: "b" },
    });
    expect(again).toMatchObject({
      status: 201,
      body: { tags: { a: "b" }, identity: { principalId: landscape.principalId } },
    });
    const patched = await client.call("PATCH", landscape.vaultId, { tags: { c: "d" } });
    expect(patched.body).toMatchObject({
      tags: { c: "d" },
      identity: { principalId: landscape.principalId },
    });
  });

  it.each<[string, string, Json, string]>([
    ["no storage settings", "v1", { storageSettings: [] }, "BMSUserErrorInvalidInput"],
    ["an unknown soft delete state", "v1", softDelete({ state: "Perhaps" }), "BMSUserErrorInvalidInput"],
    [
      "too short a retention",
      "v1",
      softDelete({ state: "On", retentionDurationInDays: 7 }),
      "BMSUserErrorInvalidInput",
    ],
    ["a name of one letter", "v", {}, "BMSUserErrorInvalidInput"],
  ])("refuses %s", async (_what, name, change, code) => {
    const reply = await client.put(landscape.vaultIdOf(name), body(change));
    expect(reply).toMatchObject({ status: 400, body: { error: { code } } });
  });

  it("never takes AlwaysOn and Locked back", async () => {
    await landscape.createVault("strict", {
      softDeleteSettings: { state: "AlwaysOn", retentionDurationInDays: 30 },
      immutabilitySettings: { state: "Locked" },
    });
    const patch = (securitySettings: Json) =>
      client.call("PATCH", landscape.vaultIdOf("strict"), { properties: { securitySettings } });
    expect((await patch({ softDeleteSettings: { state: "Off" } })).body.error.code).toBe(
      "UserErrorDisableSoftDeleteNotAllowed",
    );
    expect((await patch({ immutabilitySettings: { state: "Disabled" } })).body.error.code).toBe(
      "UserErrorUnsupportedVaultImmutabilityStateChange",
    );
  });

  it("takes only AlwaysOn from 2025-09-01 on", async () => {
    const id = `${landscape.vaultIdOf("newest")}?api-version=2025-09-01`;
    expect((await client.put(id, body(softDelete({ state: "On" })))).status).toBe(400);
    const created = await client.put(id, body());
    expect(created.body.properties.securitySettings.softDeleteSettings.state).toBe("AlwaysOn");
  });

  it("lists vaults of a group and of the subscription", async () => {
    const list = landscape.vaultId.replace(/\/vault$/, "");
    const inSubscription = list.replace(/\/resourceGroups\/[^/]+/, "");
    expect((await client.get(list)).body.value).toHaveLength(1);
    expect((await client.get(inSubscription)).body.value).toHaveLength(1);
  });

  it("is deleted with its policies, but not with an instance", async () => {
    await landscape.protectDisk();
    expect((await client.delete(landscape.vaultId)).status).toBe(400);
    await landscape.createVault("empty");
    expect((await client.delete(landscape.vaultIdOf("empty"))).status).toBe(202);
    landscape.passInSeconds(1);
    expect((await client.delete(landscape.vaultIdOf("empty"))).status).toBe(204);
    expect(landscape.emulator.remainingResourceIds().filter((id) => id.includes("/empty"))).toEqual([]);
  });

  it("keeps policies as they are written", async () => {
    const id = `${landscape.vaultId}/backupPolicies/mine`;
    const written = policy("Microsoft.Compute/disks", "OperationalStore");
    const { status, body: created } = await client.put(id, written);
    expect(status).toBe(200);
    expect(created).toEqual({
      ...written,
      id,
      name: "mine",
      type: "Microsoft.DataProtection/backupVaults/backupPolicies",
    });
    expect((await client.get(id)).body).toEqual(created);
    expect((await client.get(`${landscape.vaultId}/backupPolicies`)).body.value).toHaveLength(5);
    expect((await client.delete(id)).status).toBe(200);
    expect((await client.delete(id)).status).toBe(204);
  });

  it.each<[string, (properties: Json) => unknown]>([
    ["an objectType", (properties) => delete properties.objectType],
    ["datasource types", (properties) => delete properties.datasourceTypes],
    ["rules", (properties) => (properties.policyRules = [])],
    ["names of its rules", (properties) => delete properties.policyRules[0].name],
  ])("refuses a policy without %s", async (_what, change) => {
    const { properties } = policy("Microsoft.Compute/disks", "OperationalStore");
    change(properties);
    expect((await client.put(`${landscape.vaultId}/backupPolicies/bad`, { properties })).status).toBe(400);
  });

  const changed = (vaultId: string, type: string, state?: string) =>
    client.put(vaultId, {
      location: "westeurope",
      identity: { type: "SystemAssigned" },
      properties: {
        storageSettings: [{ datastoreType: "VaultStore", type }],
        ...(state ? { featureSettings: { crossRegionRestoreSettings: { state } } } : {}),
      },
    });

  it("keeps cross-region restore once it is enabled", async () => {
    const vaultId = landscape.vaultIdOf("restored");
    const stateOf = async (): Promise<string> =>
      (await client.get(vaultId)).body.properties.featureSettings.crossRegionRestoreSettings.state as string;
    await landscape.ok(changed(vaultId, "GeoRedundant", "Disabled"));
    await landscape.ok(changed(vaultId, "GeoRedundant", "Enabled"));
    const taken = [
      await changed(vaultId, "GeoRedundant", "Disabled"),
      await client.call("PATCH", vaultId, {
        properties: { featureSettings: { crossRegionRestoreSettings: { state: "Disabled" } } },
      }),
    ];
    for (const { status, body } of taken) {
      expect([status, body.error.code, body.error.message]).toEqual([
        400,
        "UserErrorCrossRegionRestoreStateChangeNotAllowed",
        "CrossRegionRestore state cannot be changed from Enabled to Disabled.",
      ]);
    }
    await landscape.ok(changed(vaultId, "GeoRedundant"));
    expect(await stateOf()).toBe("Enabled");
  });

  it("keeps its redundancy while it holds instances, and changes it before", async () => {
    await landscape.ok(changed(landscape.vaultId, "ZoneRedundant"));
    await landscape.protectDisk();
    const { status, body } = await changed(landscape.vaultId, "GeoRedundant");
    expect([status, body.error.code]).toEqual([400, "UserErrorStorageRedundancyChangeNotAllowed"]);
    await landscape.ok(changed(landscape.vaultId, "ZoneRedundant"));
  });
});
