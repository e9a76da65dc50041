import type { Client, Json } from "./client";
import { Landscape } from "./landscape";

describe("a backup instance that exists", () => {
  let landscape: Landscape;
  let client: Client;
  let instanceId: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    instanceId = await landscape.protectDisk();
  });
  afterEach(() => landscape.stop());

  const properties = async (): Promise<Json> => (await client.get(instanceId)).body.properties;
  const state = async (): Promise<string> => (await properties()).currentProtectionState;
  const otherPolicy = (): Json => landscape.diskInstance(`${landscape.vaultId}/backupPolicies/disk2`);
  const policyOf = (of: Json): string => of.policyInfo.policyId.split("/").pop();

  it("answers an update with the policy that was, and takes up the new one", async () => {
    const { status, body } = await client.put(instanceId, { properties: otherPolicy(), tags: { a: "b" } });
    expect(status).toBe(201);
    expect(policyOf(body.properties)).toBe("disk");
    expect(body.properties).toMatchObject({
      currentProtectionState: "UpdatingProtection",
      protectionStatus: { status: "UpdatingProtection" },
    });
    landscape.passInSeconds(1);
    expect(policyOf(await properties())).toBe("disk2");
    expect(await state()).toBe("UpdatingProtection");
    landscape.passInSeconds(5);
    expect(await state()).toBe("ProtectionConfigured");
    expect((await client.get(instanceId)).body.tags).toEqual({ a: "b" });
    expect((await client.delete(`${landscape.vaultId}/backupPolicies/disk`)).status).toBe(200);
    expect((await client.delete(`${landscape.vaultId}/backupPolicies/disk2`)).status).toBe(400);
  });

  it("obeys the last of two updates", async () => {
    await client.put(instanceId, { properties: otherPolicy() });
    landscape.passInSeconds(0.5);
    await client.put(instanceId, { properties: landscape.diskInstance() });
    landscape.passInSeconds(6);
    expect(policyOf(await properties())).toBe("disk");
    expect(await state()).toBe("ProtectionConfigured");
  });

  it.each<[string, (instance: Json) => void]>([
    ["its disk", (instance) => (instance.dataSourceInfo.resourceID += "2")],
    [
      "its snapshot group",
      (instance) =>
        (instance.policyInfo.policyParameters.dataStoreParametersList[0].resourceGroupId = landscape.groupId),
    ],
  ])("refuses to change %s", async (_what, change) => {
    const instance = landscape.diskInstance();
    change(instance);
    expect(await client.put(instanceId, { properties: instance })).toMatchObject({
      status: 400,
      body: { error: { code: "UserErrorInvalidParameterInRequest" } },
    });
  });

  it("is refused under a second name, and in a second vault", async () => {
    const refused = { status: 400, body: { error: { code: "UserErrorDppDatasourceAlreadyProtected" } } };
    const twin = `${landscape.vaultId}/backupInstances/data-2`;
    expect(await client.put(twin, { properties: landscape.diskInstance() })).toMatchObject(refused);
    await landscape.createVault("other");
    const elsewhere = `${landscape.vaultIdOf("other")}/backupInstances/data-1`;
    expect(await client.put(elsewhere, { properties: landscape.diskInstance() })).toMatchObject(refused);
  });

  it.each([
    ["stopProtection", "ProtectionStopped", "resumeProtection"],
    ["suspendBackups", "BackupsSuspended", "resumeBackups"],
  ])("does %s, and is %s until %s", async (pause, paused, resume) => {
    expect((await client.post(`${instanceId}/${pause}`, {})).status).toBe(202);
    landscape.passInSeconds(45);
    expect(await state()).toBe(paused);
    await client.put(instanceId, { properties: otherPolicy() });
    landscape.passInSeconds(6);
    expect(await state()).toBe(paused);
    expect((await client.post(`${instanceId}/${resume}`)).status).toBe(202);
    landscape.passInSeconds(45);
    expect(await state()).toBe("ProtectionConfigured");
  });

  it("cannot stop operational backup of blobs", async () => {
    await landscape.protect("invoices-1", landscape.blobInstance());
    expect(await client.post(`${landscape.vaultId}/backupInstances/invoices-1/stopProtection`)).toMatchObject(
      {
        status: 400,
        body: { error: { code: "UserErrorStopProtectionNotSupportedForBlobOperationalBackup" } },
      },
    );
  });

  it("validates a change of itself", async () => {
    const path = `${instanceId}/validateForModifyBackup`;
    const { status, headers } = await client.post(path, { backupInstance: otherPolicy() });
    expect(status).toBe(202);
    landscape.passInSeconds(12);
    expect((await client.get(headers["azure-asyncoperation"]!)).body.status).toBe("Succeeded");
  });

  it("answers a deletion that runs with the same operation, and refuses to be written meanwhile", async () => {
    const first = await client.delete(instanceId);
    expect(await state()).toBe("SoftDeleting");
    landscape.passInSeconds(5);
    const second = await client.delete(instanceId);
    const operationOf = (url: string | undefined): string => url!.split("?")[0]!;
    expect(operationOf(second.headers["azure-asyncoperation"])).toBe(
      operationOf(first.headers["azure-asyncoperation"]),
    );
    expect((await client.put(instanceId, { properties: otherPolicy() })).status).toBe(400);
    expect((await client.post(`${instanceId}/sync`, { syncType: "Default" })).status).toBe(400);
    landscape.passInSeconds(11);
    expect((await client.get(instanceId)).status).toBe(404);
  });

  it("is found by its vault and by its disk", async () => {
    const byVault = await client.get(`${landscape.vaultId}/backupInstances`);
    const byDisk = await client.get(`${landscape.diskId}/providers/Microsoft.DataProtection/backupInstances`);
    expect(byVault.body.value).toHaveLength(1);
    expect(Object.keys(byVault.body)).toEqual(["value"]);
    expect(byDisk.body).toEqual(byVault.body);
  });

  it("heals nothing by a sync when nothing is wrong", async () => {
    expect((await client.post(`${instanceId}/sync`, { syncType: "Default" })).status).toBe(202);
    landscape.passInSeconds(1);
    expect(await state()).toBe("ProtectionConfigured");
  });
});

it("lists many instances by pages of 200", async () => {
  const landscape = await Landscape.start();
  const { client, vaultId, groupId } = landscape;
  for (let count = 0; count < 201; count++) {
    const diskId = `${groupId}/providers/Microsoft.Compute/disks/disk${count}`;
    await client.put(diskId, {
      location: "westeurope",
      properties: { creationData: { createOption: "Empty" } },
    });
    const properties = landscape.diskInstance();
    properties.dataSourceInfo.resourceID = diskId;
    await landscape.ok(client.put(`${vaultId}/backupInstances/disk${count}`, { properties }));
  }
  const first = await client.get(`${vaultId}/backupInstances`);
  expect(first.body.value).toHaveLength(200);
  const second = await client.get(first.body.nextLink);
  expect(second.body.value.map(({ name }: Json) => name)).toEqual(["disk200"]);
  expect(second.body.nextLink).toBeUndefined();
  await landscape.stop();
});
