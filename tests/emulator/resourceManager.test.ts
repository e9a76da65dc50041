import type { Client } from "./client";
import { Landscape } from "./landscape";

describe("Resource Manager's own rules", () => {
  let landscape: Landscape;
  let client: Client;
  let subscription: string;

  beforeAll(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    subscription = `/subscriptions/${landscape.emulator.subscriptionId}`;
  });
  afterAll(() => landscape.stop());

  const unknownSubscription = "/subscriptions/00000000-0000-4000-8000-00000000000f";

  it.each<[string, string, () => string, number, string]>([
    ["no api-version", "GET", () => `${landscape.vaultId}?api-version=`, 400, "MissingApiVersionParameter"],
    [
      "no date as api-version",
      "GET",
      () => `${landscape.groupId}?api-version=new`,
      400,
      "InvalidApiVersionParameter",
    ],
    [
      "an api-version that Data Protection never had",
      "GET",
      () => `${landscape.vaultId}?api-version=2020-01-01`,
      400,
      "NoRegisteredProviderFound",
    ],
    [
      "an unknown subscription",
      "GET",
      () => `${unknownSubscription}/resourceGroups`,
      404,
      "SubscriptionNotFound",
    ],
    [
      "a subscription that is no GUID",
      "GET",
      () => "/subscriptions/mine/resourceGroups",
      400,
      "InvalidSubscriptionId",
    ],
    ["a missing group", "GET", () => `${subscription}/resourceGroups/none`, 404, "ResourceGroupNotFound"],
    [
      "an instance in a missing group",
      "GET",
      () => `${landscape.vaultId.replace("/backups/", "/none/")}/backupInstances/one`,
      404,
      "ResourceGroupNotFound",
    ],
    ["a missing vault", "GET", () => landscape.vaultIdOf("none"), 404, "ResourceNotFound"],
    [
      "an instance in a missing vault",
      "GET",
      () => `${landscape.vaultIdOf("none")}/backupInstances/one`,
      404,
      "ParentResourceNotFound",
    ],
    [
      "a missing instance",
      "GET",
      () => `${landscape.vaultId}/backupInstances/none`,
      404,
      "UserErrorGenericResourceNotFound",
    ],
    [
      "a missing policy",
      "GET",
      () => `${landscape.vaultId}/backupPolicies/none`,
      404,
      "UserErrorGenericResourceNotFound",
    ],
    ["a missing disk", "GET", () => `${landscape.diskId}2`, 404, "ResourceNotFound"],
    ["a missing account", "GET", () => `${landscape.accountId}2`, 404, "ResourceNotFound"],
    ["a broken escape", "GET", () => "/subscriptions/%zz", 400, "InvalidRequestUri"],
  ])("answers %s", async (_what, method, path, status, code) => {
    const reply = await client.call(method, path());
    expect(reply.status).toBe(status);
    expect(reply.body.error.code).toBe(code);
    expect(typeof reply.body.error.message).toBe("string");
  });

  it("tells the gateway's 404 from the resource provider's", async () => {
    const gateway = await client.get(`${subscription}/resourceGroups/none`);
    expect(gateway.headers["x-ms-failure-cause"]).toBe("gateway");
    expect(gateway.body.error.message).toBe("Resource group 'none' could not be found.");
    const provider = await client.get(`${landscape.vaultId}/backupInstances/none`);
    expect(provider.headers).toMatchObject({
      "x-ms-error-code": "UserErrorGenericResourceNotFound",
      "content-type": "application/json",
    });
    expect(provider.headers["x-ms-failure-cause"]).toBeUndefined();
    expect(provider.body.error).toMatchObject({ target: null, details: null });
  });

  it("writes a missing instance the older way at the older api-version", async () => {
    const { body } = await client.get(`${landscape.vaultId}/backupInstances/none?api-version=2023-11-01`);
    expect(body).toMatchObject({
      ErrorCode: "UserErrorGenericResourceNotFound",
      Message: { Language: "en-US" },
      Values: [],
    });
  });

  it("refuses what is no JSON, and what is no object", async () => {
    const send = (text: string) =>
      client.send(
        "PUT",
        `${landscape.emulator.url}${landscape.groupId}?api-version=2024-03-01`,
        text,
        headers,
      );
    const { body } = await client.requestToken(client.secretForm());
    const headers = { Authorization: `Bearer ${body.access_token}` };
    for (const text of ["{", "[]", '"text"', "null", ""]) {
      expect(await send(text)).toMatchObject({
        status: 400,
        body: { error: { code: "InvalidRequestContent" } },
      });
    }
  });

  it("takes a body with __proto__ in it for what it otherwise says", async () => {
    const { body: token } = await client.requestToken(client.secretForm());
    const url = `${landscape.emulator.url}${subscription}/resourceGroups/proto?api-version=2024-03-01`;
    const text = '{"__proto__": {"tags": {"polluted": "yes"}}, "location": "westeurope"}';
    const reply = await client.send("PUT", url, text, { Authorization: `Bearer ${token.access_token}` });
    expect(reply).toMatchObject({ status: 201 });
    expect(reply.body.tags).toBeUndefined();
    await client.delete(`${subscription}/resourceGroups/proto`);
  });

  it("refuses a body that is too large", async () => {
    const { body: token } = await client.requestToken(client.secretForm());
    const url = `${landscape.emulator.url}${landscape.groupId}?api-version=2024-03-01`;
    const headers = { Authorization: `Bearer ${token.access_token}` };
    const reply = await client.send("PUT", url, "x".repeat(4 * 1024 * 1024 + 1), headers);
    expect(reply).toMatchObject({ status: 413, body: undefined });
  });

  it("matches paths without regard to case, and keeps the first writer's", async () => {
    const reply = await client.get(
      landscape.diskId.toUpperCase().replace("/SUBSCRIPTIONS", "/Subscriptions"),
    );
    expect(reply).toMatchObject({ status: 200, body: { id: landscape.diskId, name: "data" } });
  });

  it("answers a Data Protection error that nobody can read with 406 and nothing in it", async () => {
    const path = `${landscape.vaultId}/validateForBackup`;
    const accept = { Accept: "application/json; charset=utf-8; IEEE754Compatible=false" };
    expect(await client.call("POST", path, {}, accept)).toMatchObject({ status: 406, body: undefined });
    expect(await client.call("POST", path, {}, { Accept: "application/json" })).toMatchObject({
      status: 400,
      body: { error: { code: "BMSUserErrorInvalidInput" } },
    });
  });

  it("has the headers of every answer", async () => {
    const { headers } = await client.call("GET", landscape.groupId, undefined, {
      "x-ms-correlation-request-id": "11111111-2222-4333-8444-555555555555",
    });
    expect(headers).toMatchObject({
      "cache-control": "no-cache",
      pragma: "no-cache",
      expires: "-1",
      "x-ms-correlation-request-id": "11111111-2222-4333-8444-555555555555",
      "x-ms-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-ms-routing-request-id": expect.stringMatching(/^EMULATOR:\d{8}T\d{6}Z:/),
      "x-ms-ratelimit-remaining-subscription-reads": expect.stringMatching(/^\d+$/),
    });
  });

  it("counts down the buckets that the recordings name", async () => {
    const remaining = async (path: string): Promise<number> =>
      Number((await client.get(path)).headers["x-ms-ratelimit-remaining-subscription-resource-requests"]);
    const first = await remaining(`${landscape.vaultId}/backupInstances/none`);
    expect(await remaining(`${landscape.vaultId}/backupInstances/none`)).toBe(first - 1);
    landscape.passInSeconds(60);
    expect(await remaining(`${landscape.vaultId}/backupInstances/none`)).toBe(1999);
  });

  it("lists subscriptions, locations and providers", async () => {
    const { body } = await client.get("/subscriptions");
    expect(body.value).toHaveLength(2);
    expect((await client.get(subscription)).body.tenantId).toBe(landscape.emulator.tenantId);
    expect((await client.get(`${subscription}/locations`)).body.value.length).toBeGreaterThan(1);
    expect((await client.get("/tenants")).body.value).toHaveLength(1);
    expect((await client.get(`${subscription}/providers`)).body.value.length).toBeGreaterThan(3);
    const registered = await client.post(`${subscription}/providers/microsoft.dataprotection/register`);
    expect(registered.body).toMatchObject({
      namespace: "Microsoft.DataProtection",
      registrationState: "Registered",
    });
  });
});
