import type { Client, Json } from "./client";
import { Landscape } from "./landscape";

describe("the control over HTTP", () => {
  let landscape: Landscape;
  let client: Client;
  let instanceId: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    instanceId = await landscape.protectDisk();
  });
  afterEach(() => landscape.stop());

  const sendTo = (name: string, text: string, token = landscape.emulator.controlToken, method = "POST") =>
    client.send(method, `${landscape.emulator.url}/_emulator/${name}`, text, { "x-emulator-token": token });
  const call = (name: string, body: Json) => sendTo(name, JSON.stringify(body));

  it("does not exist for those who do not know its secret", async () => {
    const before = landscape.emulator.exchanges.length;
    for (const token of ["", "guess", landscape.emulator.controlToken.slice(1)]) {
      const refused = await sendTo("softDelete", JSON.stringify({ instanceId }), token);
      expect(refused).toMatchObject({ status: 404, body: { error: { code: "NotFound" } } });
    }
    expect(await landscape.stateOf(instanceId)).toBe("ProtectionConfigured");
    expect(landscape.emulator.exchanges).toHaveLength(before + 1);
  });

  const errorDetails = { code: "UserErrorX", message: "Broken.", recommendedAction: ["Repair."] };

  it.each<[string, Json, string]>([
    ["setInstance", { protectionState: "BackupSchedulesSuspended" }, "BackupSchedulesSuspended"],
    ["setInstance", { protectionState: "ProtectionError", errorDetails }, "ProtectionError"],
    ["breakProtection", {}, "ProtectionError"],
    ["stopProtection", {}, "ProtectionStopped"],
    ["suspendBackups", {}, "BackupsSuspended"],
  ])("takes %s %j", async (name, body, state) => {
    expect(await call(name, { instanceId, ...body })).toMatchObject({ body: {}, status: 200 });
    expect(await landscape.stateOf(instanceId)).toBe(state);
  });

  it("takes vaults, policies and operations", async () => {
    const { vaultId } = landscape;
    await call("setVault", { vaultId, shownAs: { provisioningState: "Failed" } });
    expect((await client.get(vaultId)).body.properties.provisioningState).toBe("Failed");
    const policyId = `${vaultId}/backupPolicies/disk`;
    await call("setPolicy", { policyId, shownAs: { datasourceTypes: ["Other"] } });
    expect((await client.get(policyId)).body.properties.datasourceTypes).toEqual(["Other"]);
    const { headers } = await client.delete(instanceId);
    const operationUrl = headers["azure-asyncoperation"]!;
    expect((await call("setOperation", { operationUrl, status: "Failed", errorDetails })).status).toBe(200);
    expect((await client.get(operationUrl)).body.error.code).toBe("UserErrorX");
  });

  it("takes away, locks, jumps and breaks", async () => {
    const { body: lock } = await call("addLock", { scopeId: landscape.groupId });
    expect((await client.delete(instanceId)).status).toBe(409);
    await call("removeLock", lock);
    await call("injectFault", {
      method: "DELETE",
      path: "/backupInstances/",
      fault: { status: 503 },
      times: 5,
    });
    expect((await client.delete(instanceId)).status).toBe(503);
    await call("clearFaults", {});
    expect((await client.delete(instanceId)).status).toBe(202);
    await call("advance", { durationInMs: 16_000 });
    expect((await client.get(instanceId)).status).toBe(404);
    expect((await call("removeInstance", { instanceId })).status).toBe(200);
  });

  it("takes lags", async () => {
    await call("injectLag", {
      path: "/backupInstances/",
      behind: { method: "POST", path: "Protection$" },
      reads: 1,
    });
    await client.post(`${instanceId}/stopProtection`, {});
    await call("advance", { durationInMs: 46_000 });
    expect(await landscape.stateOf(instanceId)).toBe("ProtectionConfigured");
    expect(await landscape.stateOf(instanceId)).toBe("ProtectionStopped");
  });

  it("takes callers", async () => {
    const roles = [{ role: "Reader", scopeId: "/" }];
    const { body } = await call("addCaller", { roles });
    expect(body).toEqual({
      clientId: expect.any(String),
      clientSecret: expect.any(String),
      principalId: expect.any(String),
    });
    expect((await call("setCallerRoles", { clientId: body.clientId, roles })).status).toBe(200);
  });

  it.each<[string, Json, string]>([
    ["explode", {}, "There is no command 'explode'; there are setInstance, setVault, setPolicy,"],
    ["toString", {}, "There is no command 'toString'"],
    ["softDelete", {}, "softDelete.instanceId is required."],
    ["softDelete", { instanceId: "data-1" }, 'softDelete.instanceId must be an ARM id, not "data-1".'],
    ["softDelete", { instanceId: "/x" }, "There is no backup instance /x."],
    ["softDelete", [], "softDelete takes a JSON object."],
    ["softDelete", { instanceId: "/x", now: true }, "softDelete has no field 'now'; it takes instanceId."],
    [
      "setInstance",
      { instanceId: "/x", errorDetails: { code: "X" } },
      "setInstance.errorDetails.message is required.",
    ],
    ["advance", { durationInMs: "1 h" }, 'advance.durationInMs must be a number, not "1 h".'],
    ["advance", { durationInMs: -1 }, "The clock only goes forward: durationInMs cannot be -1."],
    [
      "addLock",
      { scopeId: "/x", level: "Some" },
      "addLock.level must be CanNotDelete or ReadOnly, not Some.",
    ],
    ["addCaller", { roles: "Reader" }, "addCaller.roles must be a list."],
    ["addCaller", { roles: [{ role: "Reader" }] }, "addCaller.roles[0].scopeId is required."],
    ["injectFault", { fault: "explode" }, "fault must be one of connectionReset,"],
    [
      "injectFault",
      { fault: 1 },
      "injectFault.fault must be the name of a fault, or an object with a status, an operation or a provisioningState, not 1.",
    ],
    ["injectLag", { behind: { path: "(" } }, "injectLag.behind.path is no regular expression:"],
    ["injectFault", { fault: "hang", path: "(" }, "injectFault.path is no regular expression:"],
  ])("says what is wrong with %s %j", async (name, body, message) => {
    const reply = await call(name, body);
    expect(reply).toMatchObject({ status: 400, body: { error: { code: "InvalidControlCall" } } });
    expect(reply.body.error.message).toContain(message);
  });

  it("takes POST and JSON only", async () => {
    const token = landscape.emulator.controlToken;
    const got = await sendTo("clearFaults", "", token, "GET");
    expect(got.body.error.message).toBe("A command takes POST, not GET.");
    expect((await sendTo("clearFaults", "{")).body.error.message).toContain("The body is no JSON:");
    expect((await sendTo("clearFaults", "")).status).toBe(200);
  });
});
