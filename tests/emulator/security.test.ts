import { otherTenantId, otherTenantSubscriptionId } from "../../emulator";
import type { Client, Json } from "./client";
import { Landscape, policy } from "./landscape";

const approvalRequired = { status: 400, body: { error: { code: "UserErrorResourceGuardApprovalRequired" } } };

describe("a Resource Guard", () => {
  let landscape: Landscape;
  let client: Client;
  let instanceId: string;
  let guardId: string;
  let proxyId: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    guardId = `${landscape.groupId}/providers/Microsoft.DataProtection/resourceGuards/guard`;
    proxyId = `${landscape.vaultId}/backupResourceGuardProxies/DppResourceGuardProxy`;
    instanceId = await landscape.protectDisk();
  });
  afterEach(() => landscape.stop());

  const bind = async (exclusions: string[] = []): Promise<Json> => {
    const properties = { vaultCriticalOperationExclusionList: exclusions };
    await landscape.ok(client.put(guardId, { location: "westeurope", properties }));
    const reply = await landscape.ok(
      client.put(proxyId, { properties: { resourceGuardResourceId: guardId } }),
    );
    return reply.body;
  };
  const unlock = (resourceToBeDeleted: string, request: string) =>
    client.post(`${proxyId}/unlockDelete`, {
      resourceGuardOperationRequests: [`${guardId}/${request}/default`],
      resourceToBeDeleted,
    });
  const approvedBy = (request: string): Json => ({
    resourceGuardOperationRequests: [`${guardId.toUpperCase()}/${request}/default`],
  });

  it("is bound to a vault by its proxy, which maps operations to requests", async () => {
    const proxy = await bind();
    expect((await client.get(proxyId)).body).toEqual(proxy);
    const details = new Map(
      proxy.properties.resourceGuardOperationDetails.map((one: Json) => [
        one.vaultCriticalOperation.replace("Microsoft.DataProtection/backupVaults/", ""),
        one.defaultResourceRequest.replace(guardId, ""),
      ]),
    );
    expect(details.get("backupInstances/delete")).toBe("/deleteBackupInstanceRequests/default");
    expect(details.get("backupInstances/write")).toBe("/dppModifyPolicy/default");
    expect((await client.get(landscape.vaultId)).body.properties.isVaultProtectedByResourceGuard).toBe(true);
    expect(await client.delete(guardId)).toMatchObject({ status: 409 });
  });

  it("refuses a deletion until it was unlocked, for half an hour", async () => {
    await bind();
    expect(await client.delete(instanceId)).toMatchObject(approvalRequired);
    expect(await unlock(instanceId, "dppModifyPolicy")).toMatchObject(approvalRequired);
    const unlocked = await unlock(instanceId, "deleteBackupInstanceRequests");
    expect(unlocked).toMatchObject({
      status: 200,
      body: { unlockDeleteExpiryTime: "2026-11-20T10:30:51.000Z" },
    });
    landscape.passInSeconds(1_800);
    expect(await client.delete(instanceId)).toMatchObject(approvalRequired);
    await unlock(instanceId, "deleteBackupInstanceRequests");
    landscape.passInSeconds(1_700);
    client.forgetToken();
    expect((await client.delete(instanceId)).status).toBe(202);
  });

  it.each([
    ["stopProtection", "dppDisableStopProtectionRequests"],
    ["suspendBackups", "dppDisableSuspendBackupsRequests"],
  ])("refuses %s without its request in the body", async (action, request) => {
    await bind();
    const path = `${instanceId}/${action}`;
    expect(await client.post(path)).toMatchObject(approvalRequired);
    expect(await client.post(path, approvedBy("deleteBackupInstanceRequests"))).toMatchObject(
      approvalRequired,
    );
    const tooOld = `${path}?api-version=2024-03-01`;
    expect(await client.post(tooOld, approvedBy(request))).toMatchObject(approvalRequired);
    expect((await client.post(path, approvedBy(request))).status).toBe(202);
  });

  it("refuses a change, but not a creation", async () => {
    await bind();
    const properties = landscape.diskInstance();
    expect(await client.put(instanceId, { properties })).toMatchObject(approvalRequired);
    const approved = { ...properties, ...approvedBy("dppModifyPolicy") };
    expect((await client.put(instanceId, { properties: approved })).status).toBe(201);
    const invoices = `${landscape.vaultId}/backupInstances/invoices-1`;
    expect((await client.put(invoices, { properties: landscape.blobInstance() })).status).toBe(201);
  });

  it("watches over what its exclusions leave", async () => {
    await bind(["Microsoft.DataProtection/backupVaults/backupInstances/delete"]);
    expect((await client.delete(instanceId)).status).toBe(202);
  });

  it("keeps a vault from getting weaker, and itself from being unbound", async () => {
    await bind();
    const patch = (extra: Json = {}) =>
      client.call("PATCH", landscape.vaultId, {
        properties: { securitySettings: { softDeleteSettings: { state: "Off" } }, ...extra },
      });
    expect(await patch()).toMatchObject(approvalRequired);
    expect((await patch(approvedBy("dppReduceSoftDeleteSecurityRequests"))).status).toBe(200);
    expect(await client.delete(proxyId)).toMatchObject(approvalRequired);
    await unlock(proxyId, "deleteResourceGuardProxyRequests");
    expect((await client.delete(proxyId)).status).toBe(200);
    expect((await client.delete(proxyId)).status).toBe(204);
    expect((await client.delete(instanceId)).status).toBe(202);
  });

  it("in another tenant takes a token of that tenant as well", async () => {
    const { body: other } = await client.requestToken(client.secretForm(), otherTenantId);
    const otherGroupId = `/subscriptions/${otherTenantSubscriptionId}/resourceGroups/guards`;
    const inOtherTenant = (path: string, body: Json) =>
      client.call("PUT", path, body, { Authorization: `Bearer ${other.access_token}` });
    expect((await client.get(otherGroupId)).body.error.code).toBe("InvalidAuthenticationTokenTenant");
    await landscape.ok(inOtherTenant(otherGroupId, { location: "westeurope" }));
    guardId = `${otherGroupId}/providers/Microsoft.DataProtection/resourceGuards/guard`;
    await landscape.ok(inOtherTenant(guardId, { location: "westeurope", properties: {} }));

    const auxiliary = { "x-ms-authorization-auxiliary": `Bearer ${other.access_token}` };
    const binding = { properties: { resourceGuardResourceId: guardId } };
    expect((await client.put(proxyId, binding)).body.error.code).toBe("LinkedAuthorizationFailed");
    await landscape.ok(client.call("PUT", proxyId, binding, auxiliary));
    const stop = `${instanceId}/stopProtection`;
    const approval = approvedBy("dppDisableStopProtectionRequests");
    expect(await client.post(stop, approval)).toMatchObject({
      status: 403,
      body: { error: { code: "LinkedAuthorizationFailed" } },
    });
    expect((await client.call("POST", stop, approval, auxiliary)).status).toBe(202);
  });

  it("refuses whoever names its request without a right on it, until its owner gives one", async () => {
    await bind();
    landscape.emulator.control.withholdApproval(guardId);
    const refused = await unlock(instanceId, "deleteBackupInstanceRequests");
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "LinkedAuthorizationFailed" } } });
    expect(refused.body.error.message).toContain(
      `has permission to perform action 'Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/unlockDelete/action' ` +
        `on scope '${proxyId}/unlockDelete'; however, it does not have permission to perform action(s) ` +
        `'Microsoft.DataProtection/resourceGuards/deleteBackupInstanceRequests/read' on the linked scope(s) ` +
        `'${guardId}/deleteBackupInstanceRequests/default'`,
    );
    expect(await client.delete(instanceId)).toMatchObject(approvalRequired);
    landscape.emulator.control.giveApproval(guardId);
    expect((await unlock(instanceId, "deleteBackupInstanceRequests")).status).toBe(200);
    expect(() => landscape.emulator.control.giveApproval(`${guardId}-2`)).toThrow(
      "There is no Resource Guard",
    );
  });

  it("is out of the way once somebody has unbound the vault from it", async () => {
    await bind();
    landscape.emulator.control.unbindGuard(landscape.vaultId);
    expect((await client.delete(instanceId)).status).toBe(202);
    expect(() => landscape.emulator.control.unbindGuard(landscape.vaultId)).toThrow(
      "is bound to no Resource Guard",
    );
  });

  it("refuses auxiliary tokens that are not good, whatever they are sent with", async () => {
    const withToken = (token: string) =>
      client.call("GET", instanceId, undefined, { "x-ms-authorization-auxiliary": `Bearer ${token}` });
    const { body: other } = await client.requestToken(client.secretForm(), otherTenantId);
    expect((await withToken(other.access_token)).status).toBe(200);
    expect(await withToken("nonsense")).toMatchObject({
      status: 401,
      body: { error: { code: "InvalidAuxiliaryTokens" } },
    });
    landscape.passInSeconds(3_600);
    client.forgetToken();
    expect((await withToken(other.access_token)).body.error.message).toContain(
      `in tenant '${otherTenantId}' is not valid`,
    );
  });
});

describe("an immutable vault", () => {
  let landscape: Landscape;
  let client: Client;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    await landscape.protectDisk();
    await landscape.protect("invoices-1", landscape.blobInstance(["one"]));
  });
  afterEach(() => landscape.stop());

  const refused = { status: 400, body: { error: { code: "UserErrorImmutableVaultOperationNotAllowed" } } };
  const setImmutability = (state: string) =>
    client.call("PATCH", landscape.vaultId, {
      properties: { securitySettings: { immutabilitySettings: { state } } },
    });

  it.each(["Unlocked", "Locked"])("%s: keeps backups in the vault, and no others", async (state) => {
    await landscape.ok(setImmutability(state));
    expect(await client.delete(`${landscape.vaultId}/backupInstances/invoices-1`)).toMatchObject(refused);
    expect((await client.delete(`${landscape.vaultId}/backupInstances/data-1`)).status).toBe(202);
    const { status } = await setImmutability("Disabled");
    expect(status).toBe(state === "Locked" ? 400 : 200);
  });

  it("keeps retention from being reduced by a change to another policy", async () => {
    const shorter = JSON.parse(
      JSON.stringify(policy("Microsoft.Storage/storageAccounts/blobServices", "VaultStore")).replace(
        "P7D",
        "P3D",
      ),
    );
    await landscape.ok(client.put(`${landscape.vaultId}/backupPolicies/shorter`, shorter));
    await landscape.ok(setImmutability("Unlocked"));
    const rebound = landscape.blobInstance(["one"]);
    rebound.policyInfo.policyId = `${landscape.vaultId}/backupPolicies/shorter`;
    const path = `${landscape.vaultId}/backupInstances/invoices-1`;
    expect(await client.put(path, { properties: rebound })).toMatchObject(refused);
  });
});
