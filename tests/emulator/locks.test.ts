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

  it.each<[string, (account: string) => string]>([
    ["the account", (account) => account],
    ["a container", (account) => `${account}/blobServices/default/containers/one`],
    [
      "a role assignment on it",
      (account) => `${account}/providers/Microsoft.Authorization/roleAssignments/9`,
    ],
    ["its group", (account) => account.replace(/\/providers\/.*/, "")],
  ])("keep %s of a locked account from being deleted", async (_what, pathOf) => {
    const path = pathOf(landscape.accountId);
    landscape.emulator.control.addLock(landscape.accountId);
    expect(await client.delete(path)).toMatchObject(refused);
  });

  it("keep a container of an account from being written that is read-only", async () => {
    landscape.emulator.control.addLock(landscape.accountId, "ReadOnly");
    const container = `${landscape.accountId}/blobServices/default/containers/two`;
    expect(await client.put(container, {})).toMatchObject(refused);
  });

  it("are Azure Backup's own on an account that it protects, and outlive the instance when told", async () => {
    const locks = async () => {
      const path = `${landscape.accountId}/providers/Microsoft.Authorization/locks`;
      return (await client.get(path)).body.value.map(({ name }: { name: string }) => name) as string[];
    };
    const container = `${landscape.accountId}/blobServices/default/containers/one`;
    landscape.emulator.control.delayUnlock(landscape.accountId, 120_000);
    await landscape.protect("invoices-1", landscape.blobInstance());
    expect(await locks()).toEqual(["AzureBackupProtectionLock"]);
    const refusal = await client.delete(container);
    expect(refusal).toMatchObject(refused);
    expect(refusal.body.error.message).toContain(`are locked: '${landscape.accountId}'`);

    const instanceId = `${landscape.vaultId}/backupInstances/invoices-1`;
    await client.delete(instanceId);
    landscape.passInSeconds(120);
    expect((await client.get(instanceId)).status).toBe(404);
    expect(await client.delete(container)).toMatchObject(refused);
    landscape.passInSeconds(17);
    expect(await locks()).toEqual([]);
    expect((await client.delete(container)).status).toBe(200);
  });

  it("stay with an account that is protected again in the meantime", async () => {
    landscape.emulator.control.delayUnlock(landscape.accountId, 60_000);
    await landscape.protect("invoices-1", landscape.blobInstance());
    await client.delete(`${landscape.vaultId}/backupInstances/invoices-1`);
    landscape.passInSeconds(20);
    await landscape.protect("invoices-1", landscape.blobInstance());
    landscape.passInSeconds(60);
    expect(await client.delete(landscape.accountId)).toMatchObject(refused);
    landscape.emulator.control.removeInstance(`${landscape.vaultId}/backupInstances/invoices-1`);
    landscape.passInSeconds(61);
    expect((await client.delete(landscape.accountId)).status).toBe(200);
  });

  it("have one of two levels", async () => {
    const lockId = `${landscape.groupId}/providers/Microsoft.Authorization/locks/keep`;
    expect((await client.put(lockId, { properties: { level: "Some" } })).status).toBe(400);
    expect((await client.get(lockId)).status).toBe(404);
    expect((await client.delete(lockId)).status).toBe(204);
  });
});
