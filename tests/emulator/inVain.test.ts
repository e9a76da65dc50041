import type { Fault, FaultInjection } from "../../emulator";
import type { Client } from "./client";
import { Landscape } from "./landscape";

describe("changes that are accepted and not made", () => {
  let landscape: Landscape;
  let client: Client;
  let instanceId: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    instanceId = await landscape.protectDisk();
  });
  afterEach(() => landscape.stop());

  const inject = (method: string, path: RegExp, fault: Fault, rest: Partial<FaultInjection> = {}) =>
    landscape.emulator.control.injectFault({ match: { method, path }, fault, ...rest });
  const rebind = () =>
    client.put(instanceId, {
      properties: landscape.diskInstance(`${landscape.vaultId}/backupPolicies/disk2`),
    });
  const shown = async () => {
    const { properties } = (await client.get(instanceId)).body;
    return [properties.policyInfo.policyId.split("/").at(-1), properties.currentProtectionState];
  };

  it("ends green and leaves the policy as it was", async () => {
    inject("PUT", /\/backupInstances\//, { operation: { status: "Succeeded" } });
    const accepted = await rebind();
    expect(accepted.body.properties.currentProtectionState).toBe("UpdatingProtection");
    expect(await shown()).toEqual(["disk", "ProtectionConfigured"]);
    const status = async () =>
      (await client.get(accepted.headers["azure-asyncoperation"]!)).body.status as string;
    expect(await status()).toBe("Inprogress");
    landscape.passInSeconds(60);
    expect(await status()).toBe("Succeeded");
    expect(await shown()).toEqual(["disk", "ProtectionConfigured"]);
    expect(landscape.emulator.exchanges.find(({ fault }) => fault)?.fault).toBe("in vain, Succeeded");

    await landscape.ok(rebind());
    landscape.passInSeconds(6);
    expect(await shown()).toEqual(["disk2", "ProtectionConfigured"]);
  });

  it("deletes nothing, and lets what was to come happen", async () => {
    await landscape.ok(rebind());
    inject("DELETE", /\/backupInstances\//, { operation: { status: "Succeeded" } });
    const { status, headers } = await client.delete(instanceId);
    expect(status).toBe(202);
    landscape.passInSeconds(17);
    expect((await client.get(headers["azure-asyncoperation"]!)).body.status).toBe("Succeeded");
    expect((await client.get(headers["location"]!)).status).toBe(200);
    expect(await shown()).toEqual(["disk2", "ProtectionConfigured"]);
  });

  it("creates nothing", async () => {
    await client.delete(instanceId);
    landscape.passInSeconds(17);
    landscape.emulator.control.removeInstance(instanceId);
    inject("PUT", /\/backupInstances\//, { operation: { status: "Succeeded" } });
    expect((await rebind()).status).toBe(201);
    landscape.passInSeconds(60);
    expect((await client.get(instanceId)).status).toBe(404);
  });

  it("keeps a vault's tags and a group", async () => {
    inject("PATCH", /\/backupVaults\//, { operation: { status: "Succeeded" } });
    inject("DELETE", /\/resourceGroups\/snapshots$/, { operation: { status: "Succeeded" } });
    expect((await client.call("PATCH", landscape.vaultId, { tags: { owner: "me" } })).status).toBe(200);
    expect((await client.get(landscape.vaultId)).body.tags).toBeUndefined();
    const { headers } = await client.delete(landscape.snapshotGroupId);
    landscape.passInSeconds(10);
    expect((await client.get(headers["location"]!)).status).toBe(200);
    expect((await client.get(landscape.snapshotGroupId)).status).toBe(200);
  });

  const shapes: [string, string, unknown, object][] = [
    ["is cancelled without a word", "Canceled", undefined, {}],
    [
      "is cancelled with a reason",
      "Canceled",
      { code: "Stop", message: "Stopped." },
      { error: { code: "Stop" } },
    ],
    ["fails with a code of the future", "Failed", { code: "X9", message: "No." }, { error: { code: "X9" } }],
    ["fails without a code", "Failed", { message: "No." }, { error: { message: "No." } }],
    ["fails without an error", "Failed", undefined, {}],
    [
      "fails with details only",
      "Failed",
      { details: [{ code: "Inner", message: "No." }] },
      { error: { details: [{}] } },
    ],
  ];

  it.each(shapes)("%s", async (_name, status, error, body) => {
    inject("POST", /validateForBackup$/, { operation: { status, ...(error ? { error } : {}) } });
    await client.delete(instanceId);
    landscape.passInSeconds(17);
    landscape.emulator.control.removeInstance(instanceId);
    const { headers } = await client.post(`${landscape.vaultId}/validateForBackup`, {
      backupInstance: landscape.diskInstance(),
    });
    landscape.passInSeconds(13);
    const told = (await client.get(headers["azure-asyncoperation"]!)).body;
    expect(told).toMatchObject({ status, ...body });
    expect("error" in told).toBe(error !== undefined);
    expect((await client.get(headers["location"]!)).status).toBe(400);
  });
});

describe("operations that only a state of provisioning tells of", () => {
  let landscape: Landscape;
  let client: Client;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    await landscape.grant();
  });
  afterEach(() => landscape.stop());

  const stateOf = async (id: string) => (await client.get(id)).body.properties.provisioningState as string;

  it.each(["Failed", "Canceled", "Stuck"])("%s after a PUT of an instance", async (provisioningState) => {
    landscape.emulator.control.injectFault({
      match: { method: "PUT", path: /\/backupInstances\// },
      fault: { provisioningState },
    });
    const instanceId = `${landscape.vaultId}/backupInstances/data-1`;
    const put = () => client.put(instanceId, { properties: landscape.diskInstance() });
    const { status, headers, body } = await put();
    expect([status, body.properties.provisioningState]).toEqual([201, "Provisioning"]);
    expect(Object.keys(headers).filter((name) => /operation|location|retry/i.test(name))).toEqual([]);
    landscape.passInSeconds(60);
    expect([await stateOf(instanceId), await landscape.stateOf(instanceId)]).toEqual([
      provisioningState,
      "ConfiguringProtection",
    ]);
    await landscape.ok(put());
    landscape.passInSeconds(40);
    expect([await stateOf(instanceId), await landscape.stateOf(instanceId)]).toEqual([
      "Succeeded",
      "ProtectionConfigured",
    ]);
  });

  it("Succeeded: the answer names no operation, and all goes well", async () => {
    landscape.emulator.control.injectFault({
      match: { method: "PUT" },
      fault: { provisioningState: "Succeeded" },
    });
    const reply = await landscape.protect("data-1", landscape.diskInstance());
    expect(reply.body.properties).toMatchObject({
      provisioningState: "Succeeded",
      currentProtectionState: "ProtectionConfigured",
    });
  });

  it("Failed in the answer to a PUT of a vault or a group at once, until the next", async () => {
    landscape.emulator.control.injectFault({
      match: { method: "PUT" },
      fault: { provisioningState: "Failed", isInAnswer: true },
      times: 2,
    });
    const properties = { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] };
    const vaultId = landscape.vaultIdOf("other");
    const putVault = () => client.put(vaultId, { location: "westeurope", properties });
    const putGroup = () => client.put(landscape.snapshotGroupId, { location: "westeurope" });
    for (const put of [putVault, putGroup]) {
      expect((await put()).body.properties.provisioningState).toBe("Failed");
    }
    expect([await stateOf(vaultId), await stateOf(landscape.snapshotGroupId)]).toEqual(["Failed", "Failed"]);
    await landscape.ok(putVault());
    await landscape.ok(putGroup());
    landscape.passInSeconds(1);
    expect([await stateOf(vaultId), await stateOf(landscape.snapshotGroupId)]).toEqual([
      "Succeeded",
      "Succeeded",
    ]);
  });

  it("leaves refusals as they are", async () => {
    landscape.emulator.control.injectFault({
      match: { method: "PUT" },
      fault: { provisioningState: "Failed" },
    });
    expect((await client.put(`${landscape.vaultId}/backupInstances/data-1`, { properties: {} })).status).toBe(
      400,
    );
  });
});
