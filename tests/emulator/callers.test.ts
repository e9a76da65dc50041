import { randomUUID } from "node:crypto";
import type { CallerRole } from "../../emulator";
import { Client } from "./client";
import type { Reply } from "./client";
import { Landscape, roleGuids } from "./landscape";

describe("what a caller may do", () => {
  let landscape: Landscape;
  const clients: Client[] = [];

  beforeEach(async () => {
    landscape = await Landscape.start();
  });
  afterEach(async () => {
    clients.splice(0).forEach((client) => client.close());
    await landscape.stop();
  });

  /** A client with roles of its own. */
  function signedIn(...roles: CallerRole[]): { client: Client; clientId: string; principalId: string } {
    const credentials = landscape.emulator.control.addCaller(roles);
    const client = new Client(landscape.emulator, undefined, credentials);
    clients.push(client);
    return { client, ...credentials };
  }

  const assignmentOn = (scope: string): string =>
    `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  const assignmentFor = (principalId: string, role: keyof typeof roleGuids) => ({
    properties: {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roleGuids[role]}`,
      principalId,
      principalType: "ServicePrincipal",
    },
  });

  /** Requests of each kind: what does it, the action that it takes, and the scope that the sentence names. */
  const requests: Record<
    string,
    {
      send: (client: Client, place: Landscape) => Promise<Reply>;
      action: string;
      scope: (place: Landscape) => string;
    }
  > = {
    "reads the vault": {
      send: (client, { vaultId }) => client.get(vaultId),
      action: "Microsoft.DataProtection/backupVaults/read",
      scope: ({ vaultId }) => vaultId,
    },
    "lists instances": {
      send: (client, { vaultId }) => client.get(`${vaultId}/backupInstances`),
      action: "Microsoft.DataProtection/backupVaults/backupInstances/read",
      scope: ({ vaultId }) => vaultId,
    },
    "lists who protects a disk": {
      send: (client, { diskId }) =>
        client.get(`${diskId}/providers/Microsoft.DataProtection/backupInstances`),
      action: "Microsoft.DataProtection/backupInstances/read",
      scope: ({ diskId }) => `${diskId}/providers/Microsoft.DataProtection`,
    },
    "reads the disk": {
      send: (client, { diskId }) => client.get(diskId),
      action: "Microsoft.Compute/disks/read",
      scope: ({ diskId }) => diskId,
    },
    validates: {
      send: (client, place) =>
        client.post(`${place.vaultId}/validateForBackup`, { backupInstance: place.diskInstance() }),
      action: "Microsoft.DataProtection/backupVaults/validateForBackup/action",
      scope: ({ vaultId }) => vaultId,
    },
    "creates an instance": {
      send: (client, place) =>
        client.put(`${place.vaultId}/backupInstances/data-1`, { properties: place.diskInstance() }),
      action: "Microsoft.DataProtection/backupVaults/backupInstances/write",
      scope: ({ vaultId }) => `${vaultId}/backupInstances/data-1`,
    },
    "deletes an instance": {
      send: (client, { vaultId }) => client.delete(`${vaultId}/backupInstances/data-2`),
      action: "Microsoft.DataProtection/backupVaults/backupInstances/delete",
      scope: ({ vaultId }) => `${vaultId}/backupInstances/data-2`,
    },
    syncs: {
      send: (client, { vaultId }) => client.post(`${vaultId}/backupInstances/data-1/sync`, {}),
      action: "Microsoft.DataProtection/backupVaults/backupInstances/sync/action",
      scope: ({ vaultId }) => `${vaultId}/backupInstances/data-1`,
    },
    "stops protection": {
      send: (client, { vaultId }) => client.post(`${vaultId}/backupInstances/data-1/stopProtection`, {}),
      action: "Microsoft.DataProtection/backupVaults/backupInstances/stopProtection/action",
      scope: ({ vaultId }) => `${vaultId}/backupInstances/data-1`,
    },
    "creates a group": {
      send: (client, { groupId }) => client.put(`${groupId}-2`, { location: "westeurope" }),
      action: "Microsoft.Resources/subscriptions/resourceGroups/write",
      scope: ({ groupId }) => `${groupId}-2`,
    },
    "registers the provider": {
      send: (client, place) =>
        client.post(
          `/subscriptions/${place.emulator.subscriptionId}/providers/Microsoft.DataProtection/register`,
        ),
      action: "Microsoft.DataProtection/register/action",
      scope: ({ emulator }) => `/subscriptions/${emulator.subscriptionId}`,
    },
  };

  const mayDo: Record<string, string[]> = {
    Owner: Object.keys(requests),
    Contributor: Object.keys(requests),
    "Backup Contributor": [
      "reads the vault",
      "lists instances",
      "validates",
      "creates an instance",
      "deletes an instance",
    ],
    "Backup Operator": ["reads the vault", "lists instances", "validates"],
    Reader: ["reads the vault", "lists instances", "lists who protects a disk", "reads the disk"],
    "User Access Administrator": [
      "reads the vault",
      "lists instances",
      "lists who protects a disk",
      "reads the disk",
    ],
    "Disk Backup Reader": ["reads the disk"],
    nothing: [],
  };

  it.each(Object.entries(mayDo))("%s on the subscription", async (role, allowed) => {
    const scopeId = `/subscriptions/${landscape.emulator.subscriptionId}`;
    const { client, principalId } = signedIn(...(role === "nothing" ? [] : [{ role, scopeId }]));
    for (const [name, { send, action, scope }] of Object.entries(requests)) {
      const { status, headers, body } = await send(client, landscape);
      if (allowed.includes(name)) {
        expect([name, status]).not.toEqual([name, 403]);
        continue;
      }
      expect([name, status, body.error.code]).toEqual([name, 403, "AuthorizationFailed"]);
      expect(body.error.message).toBe(
        `The client '${principalId}' with object id '${principalId}' does not have authorization to perform action ` +
          `'${action}' over scope '${scope(landscape)}' or the scope is invalid. If access was recently granted, ` +
          "please refresh your credentials.",
      );
      expect(headers["x-ms-failure-cause"]).toBe("gateway");
    }
  });

  it.each([
    ["Owner", 201],
    ["User Access Administrator", 201],
    ["Contributor", 403],
    ["Reader", 403],
  ])("%s assigns roles: %d", async (role, status) => {
    const { client } = signedIn({ role, scopeId: landscape.groupId });
    const assignment = assignmentFor(landscape.principalId, "diskBackupReader");
    expect((await client.put(assignmentOn(landscape.diskId), assignment)).status).toBe(status);
  });

  it("counts on the scope and below it, and nowhere else", async () => {
    const { client } = signedIn({ role: "Reader", scopeId: landscape.vaultId });
    expect((await client.get(`${landscape.vaultId}/backupPolicies/disk`)).status).toBe(200);
    expect((await client.get(landscape.groupId)).status).toBe(403);
    expect((await client.get(landscape.diskId)).status).toBe(403);
  });

  it("refuses before it tells whether there is anything", async () => {
    const { client } = signedIn();
    expect((await client.get(`${landscape.groupId}-9`)).status).toBe(403);
    expect((await client.get(landscape.vaultIdOf("none"))).status).toBe(403);
  });

  it("shows in lists what the caller may read, and refuses those who may read nothing", async () => {
    const { client } = signedIn({ role: "Reader", scopeId: landscape.diskId });
    const subscription = `/subscriptions/${landscape.emulator.subscriptionId}`;
    const { body } = await client.get(`${subscription}/resources`);
    expect(body.value).toEqual([expect.objectContaining({ id: landscape.diskId })]);
    expect((await client.get(`${subscription}/resourceGroups`)).body.value).toEqual([]);
    expect((await client.get("/subscriptions")).body.value).toHaveLength(1);
    expect((await signedIn().client.get("/subscriptions")).body.value).toEqual([]);
    expect((await signedIn().client.get(`${subscription}/resources`)).status).toBe(403);
  });

  it("answers queries of Resource Graph as far as the caller may read", async () => {
    const query = { query: "resources | project id" };
    const ask = (client: Client) => client.post("/providers/Microsoft.ResourceGraph/resources", query);
    const { client } = signedIn({ role: "Reader", scopeId: landscape.diskId });
    expect((await ask(client)).body.data).toEqual([{ id: expect.stringMatching(/\/disks\/data$/i) }]);
    expect((await ask(signedIn().client)).body.data).toEqual([]);
  });

  it("takes a role that was assigned to the caller when it has propagated", async () => {
    const { client, principalId } = signedIn();
    await landscape.ok(
      landscape.client.put(assignmentOn(landscape.vaultId), assignmentFor(principalId, "owner")),
    );
    expect((await client.get(landscape.vaultId)).status).toBe(403);
    landscape.passInSeconds(20);
    expect((await client.get(landscape.vaultId)).status).toBe(200);
  });

  it("gives roles and takes them away at once, from the default application too", async () => {
    const { client, clientId } = signedIn();
    landscape.emulator.control.setCallerRoles(clientId, [{ role: "Reader", scopeId: "/" }]);
    expect((await client.get(landscape.vaultId)).status).toBe(200);
    const own = landscape.emulator.environment["ARM_CLIENT_ID"]!;
    landscape.emulator.control.setCallerRoles(own, [{ role: "Reader", scopeId: "/" }]);
    expect((await landscape.client.get(landscape.vaultId)).status).toBe(200);
    expect((await landscape.client.delete(landscape.vaultId)).status).toBe(403);
  });

  it("lets whoever begins an operation follow it by the signed URLs that it was given", async () => {
    await landscape.grant();
    const { client } = signedIn({ role: "Backup Contributor", scopeId: landscape.vaultId });
    const { headers } = await requests["validates"]!.send(client, landscape);
    expect((await client.get(headers["location"]!)).status).toBe(202);
    expect((await client.get(headers["azure-asyncoperation"]!)).status).toBe(200);
  });

  it("asks for the caller's right on a Resource Guard", async () => {
    const instanceId = await landscape.protectDisk();
    const guardId = `${landscape.groupId}/providers/Microsoft.DataProtection/resourceGuards/guard`;
    await landscape.ok(landscape.client.put(guardId, { location: "westeurope", properties: {} }));
    await landscape.ok(
      landscape.client.put(`${landscape.vaultId}/backupResourceGuardProxies/DppResourceGuardProxy`, {
        properties: { resourceGuardResourceId: guardId },
      }),
    );
    const body = {
      properties: {
        ...landscape.diskInstance(),
        resourceGuardOperationRequests: [`${guardId}/dppModifyPolicy/default`],
      },
    };
    const { client, clientId } = signedIn({ role: "Contributor", scopeId: landscape.vaultId });
    const refused = await client.put(instanceId, body);
    expect([refused.status, refused.body.error.code]).toEqual([403, "LinkedAuthorizationFailed"]);
    landscape.emulator.control.setCallerRoles(clientId, [
      { role: "Contributor", scopeId: landscape.vaultId },
      { role: "Reader", scopeId: guardId },
    ]);
    expect((await client.put(instanceId, body)).status).toBe(201);
  });

  it("knows no other applications, and no other roles", async () => {
    const { control } = landscape.emulator;
    expect(() => control.addCaller([{ role: "King", scopeId: "/" }])).toThrow("There is no role 'King'.");
    expect(() => control.setCallerRoles("9", [])).toThrow("There is no application 9.");
    const { clientId } = signedIn();
    const stranger = new Client(landscape.emulator, undefined, { clientId, clientSecret: "guess" });
    clients.push(stranger);
    await expect(stranger.get(landscape.vaultId)).rejects.toThrow("AADSTS7000215");
  });
});
