import { secondSubscriptionId } from "../../emulator";
import type { Client } from "./client";
import { Landscape } from "./landscape";

describe("resource groups, disks and storage accounts", () => {
  let landscape: Landscape;
  let client: Client;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
  });
  afterEach(() => landscape.stop());

  const groupIdOf = (name: string, subscriptionId = landscape.emulator.subscriptionId): string =>
    `/subscriptions/${subscriptionId}/resourceGroups/${name}`;

  it("creates, tags, finds and lists a group", async () => {
    const created = await client.put(groupIdOf("New"), { location: "North Europe", tags: { a: "b" } });
    expect(created).toMatchObject({
      status: 201,
      body: {
        name: "New",
        location: "northeurope",
        tags: { a: "b" },
        properties: { provisioningState: "Succeeded" },
      },
    });
    expect((await client.put(groupIdOf("new"), { location: "northeurope" })).body.id).toBe(groupIdOf("New"));
    expect((await client.call("PATCH", groupIdOf("new"), { tags: { c: "d" } })).body.tags).toEqual({
      c: "d",
    });
    expect((await client.call("HEAD", groupIdOf("new"))).status).toBe(204);
    expect((await client.call("HEAD", groupIdOf("none"))).status).toBe(404);
    const listed = await client.get(`/subscriptions/${landscape.emulator.subscriptionId}/resourceGroups`);
    expect(listed.body.value.map(({ name }: { name: string }) => name)).toEqual([
      "backups",
      "snapshots",
      "New",
    ]);
    const other = await client.get(`/subscriptions/${secondSubscriptionId}/resourceGroups`);
    expect(other.body.value).toEqual([]);
  });

  it("refuses a group without location, and one that would move", async () => {
    expect((await client.put(groupIdOf("new"), {})).body.error.code).toBe("LocationRequired");
    const moved = await client.put(landscape.groupId, { location: "westus" });
    expect(moved).toMatchObject({ status: 409, body: { error: { code: "InvalidResourceGroupLocation" } } });
  });

  it("deletes a group with everything in it, in its own time", async () => {
    await landscape.grant();
    const { status, headers } = await client.delete(landscape.groupId);
    expect(status).toBe(202);
    expect((await client.get(landscape.groupId)).body.properties.provisioningState).toBe("Deleting");
    expect((await client.get(headers["location"]!)).status).toBe(202);
    landscape.passInSeconds(5);
    expect((await client.get(headers["location"]!)).status).toBe(200);
    expect((await client.get(landscape.groupId)).status).toBe(404);
    expect(landscape.emulator.remainingResourceIds()).toEqual([
      landscape.snapshotGroupId,
      expect.stringContaining(`${landscape.snapshotGroupId}/providers/Microsoft.Authorization/`),
    ]);
  });

  it("keeps a group whose vault still holds an instance", async () => {
    await landscape.protectDisk();
    const { headers } = await client.delete(landscape.groupId);
    landscape.passInSeconds(5);
    expect(await client.get(headers["location"]!)).toMatchObject({
      status: 409,
      body: { error: { code: "ResourceGroupDeletionBlocked" } },
    });
    expect((await client.get(landscape.groupId)).body.properties.provisioningState).toBe("Succeeded");
  });

  it("deletes a protected disk", async () => {
    await landscape.protectDisk();
    expect((await client.delete(landscape.diskId)).status).toBe(200);
    expect((await client.delete(landscape.diskId)).status).toBe(204);
  });

  it("keeps a protected account under a lock until its instance is gone", async () => {
    await landscape.grant();
    await landscape.protect("invoices-1", landscape.blobInstance());
    const locked = { status: 409, body: { error: { code: "ScopeLocked" } } };
    expect(await client.delete(landscape.accountId)).toMatchObject(locked);
    expect(await client.delete(landscape.groupId)).toMatchObject(locked);
    await client.delete(`${landscape.vaultId}/backupInstances/invoices-1`);
    landscape.passInSeconds(16);
    expect((await client.delete(landscape.accountId)).status).toBe(200);
  });

  it("reads a disk as it was written, and changes it", async () => {
    const disk = await client.get(landscape.diskId);
    expect(disk.body).toMatchObject({
      id: landscape.diskId,
      type: "Microsoft.Compute/disks",
      properties: { diskSizeGB: 4, provisioningState: "Succeeded", diskState: "Unattached" },
    });
    expect((await client.call("PATCH", landscape.diskId, { tags: { a: "b" } })).body.tags).toEqual({
      a: "b",
    });
    expect((await client.get(landscape.diskId.replace(/\/data$/, ""))).body.value).toHaveLength(1);
    expect((await client.put(`${landscape.diskId}2`, { location: "westeurope" })).status).toBe(400);
  });

  it.each([
    ["Capital", 400, "AccountNameInvalid"],
    ["ab", 400, "AccountNameInvalid"],
  ])("refuses an account named %s", async (name, status, code) => {
    const reply = await client.put(landscape.accountId.replace(/invoices$/, name), {
      location: "westeurope",
    });
    expect(reply).toMatchObject({ status, body: { error: { code } } });
  });

  it("refuses an account's name that somebody has", async () => {
    const elsewhere = landscape.accountId.replace("/backups/", "/snapshots/");
    const reply = await client.put(elsewhere, { location: "westeurope", sku: { name: "Standard_LRS" } });
    expect(reply).toMatchObject({ status: 409, body: { error: { code: "StorageAccountAlreadyTaken" } } });
  });

  it("has containers in accounts", async () => {
    const containers = `${landscape.accountId}/blobServices/default/containers`;
    expect((await client.put(`${containers}/two`, {})).status).toBe(201);
    expect((await client.put(`${containers}/two`, {})).status).toBe(200);
    expect((await client.put(`${containers}/Two`, {})).status).toBe(400);
    const listed = await client.get(containers);
    expect(listed.body.value.map(({ name }: { name: string }) => name)).toEqual(["one", "two"]);
    expect(listed.body.value[0].properties).toMatchObject({ publicAccess: "None", leaseState: "Available" });
    expect((await client.delete(`${containers}/two`)).status).toBe(200);
    expect((await client.get(`${containers}/two`)).status).toBe(404);
  });

  it("keeps an account's blob service settings, and has keys for it", async () => {
    const service = `${landscape.accountId}/blobServices/default`;
    expect((await client.get(service)).body.properties).toEqual({});
    await client.put(service, { properties: { isVersioningEnabled: true } });
    expect((await client.get(service)).body.properties).toEqual({ isVersioningEnabled: true });
    expect((await client.post(`${landscape.accountId}/listKeys`)).body.keys).toHaveLength(2);
  });
});
