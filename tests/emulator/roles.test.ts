import { randomUUID } from "node:crypto";
import type { Client, Json } from "./client";
import { Landscape, roleGuids } from "./landscape";

describe("roles", () => {
  let landscape: Landscape;
  let client: Client;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
  });
  afterEach(() => landscape.stop());

  const idAt = (scope: string, name: string = randomUUID()): string =>
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const grant = (change: Json = {}): Json => ({
    properties: {
      roleDefinitionId: `/subscriptions/${landscape.emulator.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roleGuids.diskBackupReader}`,
      principalId: landscape.principalId,
      principalType: "ServicePrincipal",
      ...change,
    },
  });
  const validationStatus = async (): Promise<string> => {
    const { headers } = await client.post(`${landscape.vaultId}/validateForBackup`, {
      backupInstance: landscape.diskInstance(),
    });
    landscape.passInSeconds(12);
    return (await client.get(headers["azure-asyncoperation"]!)).body.status;
  };

  it("assigns a role once", async () => {
    const id = idAt(landscape.diskId);
    const created = await client.put(id, grant());
    expect(created).toMatchObject({
      status: 201,
      body: { id, properties: { scope: landscape.diskId, principalId: landscape.principalId } },
    });
    expect((await client.put(id, grant())).status).toBe(200);
    expect((await client.get(id)).body).toEqual(created.body);

    const twin = await client.put(idAt(landscape.diskId), grant());
    expect(twin).toMatchObject({ status: 409, body: { error: { code: "RoleAssignmentExists" } } });
    expect(twin.body.error.message).toContain(created.body.name.replace(/-/g, ""));
    const changed = await client.put(id, grant({ principalId: randomUUID() }));
    expect(changed).toMatchObject({
      status: 400,
      body: { error: { code: "RoleAssignmentUpdateNotPermitted" } },
    });

    expect((await client.delete(id)).status).toBe(200);
    expect((await client.delete(id)).status).toBe(204);
    expect((await client.get(id)).body.error.code).toBe("RoleAssignmentNotFound");
  });

  it.each<[string, Json, string]>([
    [
      "a principal that never was",
      { principalId: randomUUID(), principalType: undefined },
      "PrincipalNotFound",
    ],
    ["no principal", { principalId: undefined }, "InvalidPrincipalId"],
    ["a role that is none", { roleDefinitionId: `/x/${randomUUID()}` }, "RoleDefinitionDoesNotExist"],
  ])("refuses %s", async (_what, change, code) => {
    const reply = await client.put(idAt(landscape.diskId), grant(change));
    expect(reply).toMatchObject({ status: 400, body: { error: { code } } });
  });

  it("takes a service principal's word, and a vault's identity without one", async () => {
    expect((await client.put(idAt(landscape.diskId), grant({ principalId: randomUUID() }))).status).toBe(201);
    expect((await client.put(idAt(landscape.diskId), grant({ principalType: undefined }))).status).toBe(201);
  });

  it("refuses a name that is no GUID, and a scope that is not there", async () => {
    expect((await client.put(idAt(landscape.diskId, "mine"), grant())).body.error.code).toBe(
      "InvalidRoleAssignmentId",
    );
    const nowhere = landscape.groupId.replace("backups", "none");
    expect((await client.put(idAt(nowhere), grant())).body.error.code).toBe("ResourceGroupNotFound");
  });

  it("lists what holds at a scope, inherited assignments with it", async () => {
    const subscription = `/subscriptions/${landscape.emulator.subscriptionId}`;
    await landscape.assign("owner", subscription);
    await landscape.assign("diskSnapshotContributor", landscape.groupId);
    await landscape.assign("diskBackupReader", landscape.diskId);
    const scopes = async (path: string): Promise<string[]> =>
      (await client.get(path)).body.value.map(({ properties }: Json) => properties.scope);
    const list = (scope: string): string => `${scope}/providers/Microsoft.Authorization/roleAssignments`;
    expect(await scopes(`${list(landscape.groupId)}?$filter=atScope()`)).toEqual([
      subscription,
      landscape.groupId,
    ]);
    expect(await scopes(list(landscape.groupId))).toEqual([
      subscription,
      landscape.groupId,
      landscape.diskId,
    ]);
    expect(await scopes(`${list(landscape.diskId)}?$filter=principalId%20eq%20'${randomUUID()}'`)).toEqual(
      [],
    );
  });

  it.each<[string, boolean, (landscape: Landscape) => Promise<unknown>]>([
    [
      "the roles where the documents want them",
      true,
      async (at) => {
        await at.assign("diskBackupReader", at.diskId);
        await at.assign("diskSnapshotContributor", at.snapshotGroupId);
      },
    ],
    [
      "the roles on ancestors",
      true,
      async (at) => {
        await at.assign("diskBackupReader", at.groupId);
        await at.assign("diskSnapshotContributor", `/subscriptions/${at.emulator.subscriptionId}`);
      },
    ],
    ["Owner", false, (at) => at.assign("owner", `/subscriptions/${at.emulator.subscriptionId}`)],
    ["one of two roles", false, (at) => at.assign("diskBackupReader", at.diskId)],
    [
      "somebody else's roles",
      false,
      async (at) => {
        await at.assign("diskBackupReader", at.diskId, randomUUID());
        await at.assign("diskSnapshotContributor", at.snapshotGroupId, randomUUID());
      },
    ],
  ])("lets %s suffice: %s", async (_what, suffices, assign) => {
    await assign(landscape);
    landscape.passInSeconds(20);
    expect(await validationStatus()).toBe(suffices ? "Succeeded" : "Failed");
  });

  it("counts an assignment 20 seconds after it was made", async () => {
    await landscape.assign("diskBackupReader", landscape.diskId);
    await landscape.assign("diskSnapshotContributor", landscape.snapshotGroupId);
    landscape.passInSeconds(7.9);
    expect(await validationStatus()).toBe("Failed"); // ends at 19.9 s
    expect(await validationStatus()).toBe("Succeeded");
  });

  it("knows the roles by name and by id", async () => {
    const list = "/providers/Microsoft.Authorization/roleDefinitions";
    const { body } = await client.get(`${list}?$filter=roleName%20eq%20'Disk%20Backup%20Reader'`);
    expect(body.value).toHaveLength(1);
    expect(body.value[0]).toMatchObject({
      name: roleGuids.diskBackupReader,
      properties: { type: "BuiltInRole" },
    });
    const one = await client.get(`${landscape.groupId}${list}/${roleGuids.diskSnapshotContributor}`);
    expect(one.body.properties.roleName).toBe("Disk Snapshot Contributor");
    expect((await client.get(`${list}/${randomUUID()}`)).status).toBe(404);
  });
});
