import type { Fault, FaultInjection } from "../../emulator";
import type { Client } from "./client";
import { Landscape } from "./landscape";

describe("injected faults", () => {
  let landscape: Landscape;
  let client: Client;
  let instanceId: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    instanceId = `${landscape.vaultId}/backupInstances/data-1`;
    await landscape.grant();
  });
  afterEach(() => landscape.stop());

  const inject = (fault: Fault, rest: Omit<FaultInjection, "fault"> = {}) =>
    landscape.emulator.control.injectFault({
      match: { method: "PUT", path: /\/backupInstances\// },
      ...rest,
      fault,
    });
  const put = () => client.put(instanceId, { properties: landscape.diskInstance() });
  const exists = async (): Promise<boolean> => (await client.get(instanceId)).status === 200;
  const lastFault = () => landscape.emulator.exchanges.filter(({ fault }) => fault !== undefined).at(-1);

  it("answer in the service's place, as Resource Manager would", async () => {
    inject({ status: 503, headers: { "Retry-After": "7" } });
    expect(await put()).toMatchObject({
      status: 503,
      headers: { "retry-after": "7" },
      body: { error: { code: "ServiceUnavailable" } },
    });
    expect(await exists()).toBe(false);
    expect(lastFault()).toMatchObject({ method: "PUT", status: 503, fault: "status 503" });
    expect((await put()).status).toBe(201);
  });

  it("hit the k-th matching request, as often as asked, until removed", async () => {
    const fault = inject(
      { status: 500, body: { error: { code: "CloudInternalError", message: "Wait." } } },
      { match: { method: "get", path: /backupInstances\/none$/i }, occurrence: 2, times: 2 },
    );
    const statuses = [];
    for (let count = 0; count < 5; count++) {
      statuses.push((await client.get(`${landscape.vaultId}/backupInstances/none`)).status);
    }
    expect(statuses).toEqual([404, 500, 500, 404, 404]);
    expect(fault.hits).toBe(2);

    const all = inject({ status: 502 }, { match: {}, times: Infinity });
    expect((await client.get(landscape.vaultId)).status).toBe(502);
    all.remove();
    expect((await client.get(landscape.vaultId)).status).toBe(200);
    inject({ status: 502 }, { match: {} });
    landscape.emulator.control.clearFaults();
    expect((await client.get(landscape.vaultId)).status).toBe(200);
  });

  it.each<[Fault, boolean]>([
    ["connectionReset", false],
    ["resetAfterAction", true],
  ])("break the connection: %s", async (fault, acts) => {
    inject(fault);
    await expect(put()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(lastFault()).toMatchObject({ fault, status: acts ? 201 : 0 });
    expect(await exists()).toBe(acts);
  });

  it.each<[Fault, boolean]>([
    ["hang", false],
    ["hangAfterAction", true],
  ])("never answer: %s", async (fault, acts) => {
    inject(fault);
    const answered = jest.fn();
    const pending = put().then(answered, () => "broken off");
    while (lastFault() === undefined) {
      await client.get(landscape.vaultId);
    }
    expect(await exists()).toBe(acts);
    expect(answered).not.toHaveBeenCalled();
    await landscape.emulator.stop();
    expect(await pending).toBe("broken off");
  });

  it.each<[Fault, number, string, RegExp]>([
    ["truncatedJson", 201, "application/json; charset=utf-8", /^\{"properties":.*[^}]$/],
    ["html", 201, "text/html; charset=utf-8", /^<!DOCTYPE html>/],
    ["emptyBody", 200, "", /^$/],
  ])("spoil what the service says after it acted: %s", async (fault, status, contentType, text) => {
    const { body: token } = await client.requestToken(client.secretForm());
    inject(fault);
    const reply = await client.sendForText(
      "PUT",
      `${landscape.emulator.url}${instanceId}?api-version=2024-04-01`,
      JSON.stringify({ properties: landscape.diskInstance() }),
      { Authorization: `Bearer ${token.access_token}` },
    );
    expect(reply.status).toBe(status);
    expect(reply.headers["content-type"] ?? "").toBe(contentType);
    expect(reply.text).toMatch(text);
    expect("azure-asyncoperation" in reply.headers).toBe(fault !== "emptyBody");
    expect(await exists()).toBe(true);
  });

  it("refuse connections while the server is down, and none after that", async () => {
    landscape.emulator.goOffline();
    // The client may not have seen yet that its idle connection was closed.
    await expect(put()).rejects.toMatchObject({ code: expect.stringMatching(/^ECONN(RESET|REFUSED)$/) });
    await expect(put()).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await landscape.emulator.goOnline();
    expect((await put()).status).toBe(201);
  });

  it("put an operation into any state", async () => {
    const { headers } = await put();
    const running = { status: 200, body: { status: "Inprogress", endTime: "0001-01-01T00:00:00Z" } };
    inject(running, { match: { path: /\/operationStatus\// }, times: Infinity });
    landscape.passInSeconds(3_000);
    expect((await client.get(headers["azure-asyncoperation"]!)).body).toEqual(running.body);
  });

  it("reach the token endpoint too", async () => {
    inject({ status: 500 }, { match: { path: /oauth2/ } });
    expect((await client.requestToken(client.secretForm())).status).toBe(500);
  });

  it.each<[FaultInjection, string]>([
    [{ fault: "hang", occurrence: 0 }, "occurrence must be a whole number from 1 on, not 0."],
    [{ fault: "hang", times: 1.5 }, "times must be a whole number from 1 on, or Infinity, not 1.5."],
    [{ fault: "explode" as "hang" }, "fault must be one of connectionReset,"],
    [{ fault: { status: 99 } }, "A fault's status must be from 200 to 599, not 99."],
  ])("are refused when they make no sense: %j", (injection, message) => {
    expect(() => landscape.emulator.control.injectFault(injection)).toThrow(message);
  });
});

it("says how long to wait for an operation that still runs, at a faster pace only, and never for an instance", async () => {
  for (const speed of [1, 100]) {
    const landscape = await Landscape.start({ speed });
    const { client, vaultId } = landscape;
    const instanceId = `${vaultId}/backupInstances/data-1`;
    const { headers } = await client.put(instanceId, { properties: landscape.diskInstance() });
    const operation = headers["azure-asyncoperation"]!;
    const hintOf = async (path: string): Promise<string | undefined> => {
      const answer = (await client.get(path)).headers;
      expect(answer["x-ms-retry-after-ms"]).toBe(answer["retry-after-ms"]);
      expect(answer["retry-after"]).toBeUndefined();
      return answer["retry-after-ms"];
    };
    expect(await hintOf(operation)).toBe(speed === 1 ? undefined : "10");
    expect(await hintOf(instanceId)).toBeUndefined();
    expect(await hintOf(`${vaultId}/backupInstances`)).toBeUndefined();
    landscape.passInSeconds(31);
    expect(await hintOf(operation)).toBeUndefined();
    await landscape.stop();
  }
});
