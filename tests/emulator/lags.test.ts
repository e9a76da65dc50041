import type { Json } from "./client";
import { Landscape } from "./landscape";

describe("reads that lag behind writes", () => {
  let landscape: Landscape;
  let instanceId: string;
  const instanceRead = /\/backupInstances\/[^/]+$/;
  const instanceList = /\/backupInstances$/;

  beforeEach(async () => {
    landscape = await Landscape.start();
    await landscape.grant();
    instanceId = `${landscape.vaultId}/backupInstances/data-1`;
  });
  afterEach(() => landscape.stop());

  const put = (policy = "disk") =>
    landscape.ok(
      landscape.client.put(instanceId, {
        properties: landscape.diskInstance(`${landscape.vaultId}/backupPolicies/${policy}`),
      }),
    );
  const read = () => landscape.client.get(instanceId);
  const listed = async (): Promise<string[]> =>
    (await landscape.client.get(`${landscape.vaultId}/backupInstances`)).body.value.map(({ id }: Json) => id);
  const policyOf = ({ body }: { body: Json }): string =>
    body.properties.policyInfo.policyId.split("/").at(-1) as string;

  it("finds nothing for so many reads after a create", async () => {
    landscape.emulator.control.injectLag({ match: { path: instanceRead }, reads: 2 });
    expect((await read()).status).toBe(404);
    await put();
    const statuses = [await read(), await read(), await read()].map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 200]);
    expect(await listed()).toEqual([instanceId]);
    const faults = landscape.emulator.exchanges.slice(-5).map(({ fault }) => fault);
    expect(faults).toEqual([undefined, "lag", "lag", undefined, undefined]);
  });

  it("lacks a new instance in lists only", async () => {
    landscape.emulator.control.injectLag({ match: { path: instanceList } });
    await put();
    expect((await read()).status).toBe(200);
    expect(await listed()).toEqual([]);
    expect(await listed()).toEqual([instanceId]);
  });

  it("shows what was before a change, as settled as it was, for a time", async () => {
    await put();
    landscape.passInSeconds(31);
    landscape.emulator.control.injectLag({ match: { path: instanceRead }, durationInMs: 60_000 });
    await put("disk2");
    landscape.passInSeconds(59);
    const late = await read();
    expect([policyOf(late), late.body.properties.currentProtectionState]).toEqual([
      "disk",
      "ProtectionConfigured",
    ]);
    landscape.passInSeconds(2);
    expect(policyOf(await read())).toBe("disk2");
  });

  it("shows what is deleted already", async () => {
    await put();
    landscape.emulator.control.injectLag({ behind: { method: "DELETE", path: instanceRead }, reads: 2 });
    const { headers } = await landscape.client.delete(instanceId);
    landscape.passInSeconds(17);
    expect((await landscape.client.get(landscape.vaultId)).status).toBe(200);
    expect((await read()).status).toBe(200);
    expect((await read()).status).toBe(404);
    expect((await landscape.client.get(headers["azure-asyncoperation"]!)).body.status).toBe("Succeeded");
  });

  it("lags behind the first write only, and a validation is none", async () => {
    const lag = landscape.emulator.control.injectLag({ match: { path: instanceRead }, reads: Infinity });
    await landscape.client.post(`${landscape.vaultId}/validateForBackup`, {
      backupInstance: landscape.diskInstance(),
    });
    await put();
    await put("disk2");
    expect((await read()).status).toBe(404);
    expect(lag.hits).toBe(1);
    lag.remove();
    expect((await read()).status).toBe(200);
  });

  it("follows an action that it is told to lag behind, and ends with the faults", async () => {
    await put();
    landscape.passInSeconds(31);
    landscape.emulator.control.injectLag({ behind: { path: /stopProtection$/ }, reads: Infinity });
    await landscape.client.post(`${instanceId}/stopProtection`, {});
    landscape.passInSeconds(46);
    expect(await landscape.stateOf(instanceId)).toBe("ProtectionConfigured");
    landscape.emulator.control.clearFaults();
    expect(await landscape.stateOf(instanceId)).toBe("ProtectionStopped");
  });

  it("takes whole numbers and times that pass", () => {
    const { control } = landscape.emulator;
    expect(() => control.injectLag({ reads: 0 })).toThrow("reads must be a whole number from 1 on");
    expect(() => control.injectLag({ durationInMs: 0 })).toThrow("durationInMs must be more than 0");
  });
});
