import type { Client } from "./client";
import { Landscape } from "./landscape";

describe("management locks", () => {
  let landscape: Landscape;
  let client: Client;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    await landscape.protectDisk();
  });
  afterEach(() => landscape.stop());

  const refused = { status: 409, body: { error: { code: "ScopeLocked" } } };

  it("keep an instance from being deleted while its group is locked, and nothing else", async () => {
    const instanceId = `${landscape.vaultId}/backupInstances/data-1`;
    const lockId = `${landscape.groupId}/providers/Microsoft.Authorization/locks/keep`;
    const lock = { properties: { level: "CanNotDelete", notes: "audited" } };
    expect((await client.put(lockId, lock)).status).toBe(201);
    const { body } = await client.get(`${landscape.groupId}/providers/Microsoft.Authorization/locks`);
    expect(body.value).toMatchObject([{ id: lockId, name: "keep", ...lock }]);

    const deletion = await client.delete(instanceId);
    expect(deletion).toMatchObject(refused);
    expect(deletion.body.error.message).toBe(
      `The scope '${instanceId}' cannot perform delete operation because following scope(s) are locked: ` +
        `'${landscape.groupId}'. Please remove the lock and try again.`,
    );
    expect((await client.put(instanceId, { properties: landscape.diskInstance() })).status).toBe(201);
    landscape.passInSeconds(6);
    expect((await client.delete(lockId)).status).toBe(200);
    expect((await client.delete(instanceId)).status).toBe(202);
  });

  it("keep everything from being written when they are read-only", async () => {
    const lockId = landscape.emulator.control.addLock(landscape.vaultId, "ReadOnly");
    const instanceId = `${landscape.vaultId}/backupInstances/data-1`;
    expect((await client.get(instanceId)).status).toBe(200);
    expect(await client.put(instanceId, { properties: landscape.diskInstance() })).toMatchObject(refused);
    expect(await client.post(`${instanceId}/sync`, { syncType: "Default" })).toMatchObject(refused);
    expect(await client.delete(landscape.groupId)).toMatchObject(refused);
    landscape.emulator.control.removeLock(lockId);
    expect((await client.post(`${instanceId}/sync`, { syncType: "Default" })).status).toBe(202);
  });

  it("have one of two levels", async () => {
    const lockId = `${landscape.groupId}/providers/Microsoft.Authorization/locks/keep`;
    expect((await client.put(lockId, { properties: { level: "Some" } })).status).toBe(400);
    expect((await client.get(lockId)).status).toBe(404);
    expect((await client.delete(lockId)).status).toBe(204);
  });
});
