import type { Client } from "./client";
import { Landscape } from "./landscape";

describe("soft delete", () => {
  let landscape: Landscape;
  let client: Client;
  let instanceId: string;
  let deletedId: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    instanceId = `${landscape.vaultId}/backupInstances/data-1`;
    deletedId = `${landscape.vaultId}/deletedBackupInstances/data-1`;
    await landscape.grant();
  });
  afterEach(() => landscape.stop());

  const protectAndDelete = async (): Promise<void> => {
    await landscape.protect("data-1", landscape.diskInstance());
    await client.delete(instanceId);
    landscape.passInSeconds(16);
  };
  const stateOf = async (id: string): Promise<string> =>
    (await client.get(id)).body.properties.currentProtectionState;

  it("keeps a deleted disk instance for 14 days", async () => {
    await protectAndDelete();
    expect((await client.get(instanceId)).status).toBe(404);
    const { body } = await client.get(`${landscape.vaultId}/deletedBackupInstances`);
    expect(body.value).toHaveLength(1);
    expect((await client.get(deletedId)).body).toEqual(body.value[0]);
    expect(body.value[0]).toMatchObject({
      properties: {
        deletionInfo: {
          deletionTime: "2026-11-20T10:00:51.000Z",
          billingEndDate: "2026-11-20T10:00:51.000Z",
          scheduledPurgeTime: "2026-12-04T10:00:51.000Z",
        },
        friendlyName: "data",
        protectionStatus: { status: "SoftDeleted" },
        currentProtectionState: "SoftDeleted",
        objectType: "DeletedBackupInstance",
      },
      id: deletedId,
      name: "data-1",
      type: "Microsoft.DataProtection/backupVaults/deletedBackupInstances",
    });

    landscape.passInSeconds(14 * 24 * 3600);
    client.forgetToken();
    expect((await client.get(`${landscape.vaultId}/deletedBackupInstances`)).body.value).toEqual([]);
    expect((await client.delete(`${landscape.vaultId}/backupPolicies/disk`)).status).toBe(200);
  });

  it("holds its policy, its vault and its disk's place in that vault", async () => {
    await protectAndDelete();
    expect(await client.delete(`${landscape.vaultId}/backupPolicies/disk`)).toMatchObject({
      status: 400,
      body: { error: { code: "UserErrorDppPolicyObjectInUse" } },
    });
    expect((await client.delete(landscape.vaultId)).status).toBe(400);
    const refused = {
      status: 400,
      body: { error: { code: "UserErrorDppDatasourceAlreadyHasBackupInstance" } },
    };
    const backupInstance = landscape.diskInstance();
    expect(await client.post(`${landscape.vaultId}/validateForBackup`, { backupInstance })).toMatchObject(
      refused,
    );
    const another = `${landscape.vaultId}/backupInstances/data-2`;
    expect(await client.put(another, { properties: backupInstance })).toMatchObject(refused);
    expect(landscape.emulator.remainingResourceIds()).toContain(deletedId);
  });

  it("goes the way of the recording: another vault protects, undelete, resume refused, then accepted", async () => {
    await protectAndDelete();
    const otherVaultId = landscape.vaultIdOf("other");
    const principalId = await landscape.createVault("other");
    await landscape.grant(principalId);
    const elsewhere = landscape.diskInstance(`${otherVaultId}/backupPolicies/disk`);
    await landscape.ok(client.put(`${otherVaultId}/backupInstances/data-1`, { properties: elsewhere }));

    expect(await client.post(`${deletedId}/undelete`)).toMatchObject({ status: 200, body: undefined });
    expect(await stateOf(instanceId)).toBe("ProtectionStopped");
    const resume = await client.post(`${instanceId}/resumeProtection`);
    const message =
      `Datasource is already associated with the backup instance data in the Backup vault ${otherVaultId} ` +
      "with the protection status as ConfiguringProtection.";
    expect(resume).toMatchObject({
      status: 400,
      body: { error: { code: "UserErrorDppDatasourceAlreadyHasBackupInstance", message } },
    });

    await client.delete(`${otherVaultId}/backupInstances/data-1`);
    landscape.passInSeconds(16);
    expect((await client.get(`${otherVaultId}/deletedBackupInstances`)).body.value).toEqual([]);
    expect((await client.post(`${deletedId}/undelete`)).headers["x-ms-error-code"]).toBe(
      "UserErrorGenericResourceNotFound",
    );
    expect((await client.post(`${instanceId}/resumeProtection`)).status).toBe(202);
    landscape.passInSeconds(45);
    expect(await stateOf(instanceId)).toBe("ProtectionConfigured");
    expect(await client.post(`${instanceId}/resumeProtection`)).toMatchObject({
      status: 200,
      body: undefined,
    });
  });

  it("never keeps operational blob instances, and keeps vaulted ones", async () => {
    await landscape.protect("operational", landscape.blobInstance());
    await client.delete(`${landscape.vaultId}/backupInstances/operational`);
    landscape.passInSeconds(16);
    await landscape.protect("vaulted", landscape.blobInstance(["one"]));
    await client.delete(`${landscape.vaultId}/backupInstances/vaulted`);
    landscape.passInSeconds(16);
    const { body } = await client.get(`${landscape.vaultId}/deletedBackupInstances`);
    expect(body.value.map(({ name }: { name: string }) => name)).toEqual(["vaulted"]);
  });

  it.each([
    ["2024-04-01", [], 202],
    ["2025-07-01", [], 202],
    ["2025-09-01", ["data-1"], 202],
  ])("respects Off at %s", async (version, kept, vaultDeletion) => {
    const off = { securitySettings: { softDeleteSettings: { state: "Off" } } };
    await landscape.ok(client.call("PATCH", landscape.vaultId, { properties: off }));
    await landscape.protect("data-1", landscape.diskInstance());
    await client.delete(`${instanceId}?api-version=${version}`);
    landscape.passInSeconds(16);
    const { body } = await client.get(`${landscape.vaultId}/deletedBackupInstances`);
    expect(body.value.map(({ name }: { name: string }) => name)).toEqual(kept);
    expect((await client.delete(`${landscape.vaultId}?api-version=${version}`)).status).toBe(vaultDeletion);
  });
});
