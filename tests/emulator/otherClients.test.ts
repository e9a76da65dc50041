import type { Client, Json, Reply } from "./client";
import { Landscape } from "./landscape";

/** What tools of other people ask, where the emulator once answered as nobody else does. */
describe("what clients that nobody here wrote ask", () => {
  let landscape: Landscape;
  let client: Client;
  let subscription: string;

  beforeAll(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    subscription = `/subscriptions/${landscape.emulator.subscriptionId}`;
    await landscape.grant();
  });
  afterAll(() => landscape.stop());

  const ask = (path: string): Promise<Reply> => client.send("GET", `${landscape.emulator.url}${path}`);

  it.each(["2015-01-01", "2019-05-01", "2022-09-01"])(
    "Terraform at %s: no tenant of its own, which would make the cloud an Azure Stack",
    async (apiVersion) => {
      const { body } = await ask(`/metadata/endpoints?api-version=${apiVersion}`);
      const [cloud] = Array.isArray(body) ? body : [body];
      expect(cloud.authentication).toMatchObject({ tenant: "common", identityProvider: "AAD" });
    },
  );

  it.each(["organizations", "common"])("the Azure CLI: the endpoints of %s", async (tenant) => {
    const { url } = landscape.emulator;
    expect(await ask(`/${tenant}/v2.0/.well-known/openid-configuration`)).toMatchObject({
      status: 200,
      body: { issuer: `${url}/{tenantid}/v2.0`, token_endpoint: `${url}/${tenant}/oauth2/v2.0/token` },
    });
  });

  it("azurerm: instances whose objectType is empty", async () => {
    const instance = { ...landscape.diskInstance(), objectType: "" };
    const { status } = await client.post(`${landscape.vaultId}/validateForBackup?api-version=2023-05-01`, {
      backupInstance: instance,
    });
    expect(status).toBe(202);
    const id = `${landscape.vaultId}/backupInstances/azurerm?api-version=2023-05-01`;
    expect(await client.put(id, { properties: instance })).toMatchObject({
      status: 201,
      body: { properties: { objectType: "BackupInstance" } },
    });
  });

  it.each<[name: unknown, answered: Json]>([
    ["unused", { status: 200, body: { nameAvailable: true } }],
    ["invoices", { status: 200, body: { nameAvailable: false, reason: "AlreadyExists" } }],
    ["No-Name", { status: 200, body: { nameAvailable: false, reason: "AccountNameInvalid" } }],
    [7, { status: 400, body: { error: { code: "InvalidValuesForRequestParameters" } } }],
  ])("the Azure CLI: whether an account can be named %s", async (name, answered) => {
    const path = `${subscription}/providers/Microsoft.Storage/checkNameAvailability`;
    const asked = await client.post(path, { name, type: "Microsoft.Storage/storageAccounts" });
    expect(asked).toMatchObject(answered);
  });

  it("the Azure CLI: a list of resources with an empty filter", async () => {
    const all = await client.get(`${subscription}/resources`);
    expect((await client.get(`${subscription}/resources?$filter=&$expand=tags`)).body).toEqual(all.body);
  });

  it.each<[string, (id: string) => string]>([
    ["in front", (id) => `/${id}`],
    ["in the middle", (id) => id.replace("/providers", "//providers")],
    ["everywhere", (id) => id.replaceAll("/", "//")],
  ])("the Azure CLI: ids with two slashes %s", async (_where, change) => {
    expect(await client.get(change(landscape.diskId))).toMatchObject({
      status: 200,
      body: { id: landscape.diskId },
    });
  });

  it("the portal: all guards of a subscription", async () => {
    const guardId = `${landscape.groupId}/providers/Microsoft.DataProtection/resourceGuards/guard`;
    await landscape.ok(client.put(guardId, { location: "westeurope" }));
    const { body } = await client.get(`${subscription}/providers/Microsoft.DataProtection/resourceGuards`);
    expect(body.value).toMatchObject([{ id: guardId }]);
  });
});

describe("what is not covered", () => {
  let landscape: Landscape;

  beforeAll(async () => {
    landscape = await Landscape.start();
  });
  afterAll(() => landscape.stop());

  const dataProtection = "Microsoft.DataProtection";

  it.each<[method: string, path: (landscape: Landscape) => string, operation: string]>([
    ["GET", ({ vaultId }) => `${vaultId}/tapes`, `${dataProtection}/backupVaults/tapes/read`],
    ["PUT", ({ vaultId }) => `${vaultId}/tapes/one`, `${dataProtection}/backupVaults/tapes/write`],
    ["POST", ({ vaultId }) => `${vaultId}/rewind`, `${dataProtection}/backupVaults/rewind/action`],
    [
      "POST",
      ({ vaultId }) => `${vaultId}/backupInstances/one/rewind`,
      `${dataProtection}/backupVaults/backupInstances/rewind/action`,
    ],
    [
      "PATCH",
      ({ vaultId }) => `${vaultId}/backupInstances/one`,
      `${dataProtection}/backupVaults/backupInstances/write`,
    ],
    ["DELETE", ({ groupId }) => `${groupId}/providers/Contoso.Tapes/tapes/one`, "Contoso.Tapes/tapes/delete"],
    ["GET", ({ diskId }) => `${diskId}/providers/Contoso.Tapes/tapes`, "Contoso.Tapes/tapes/read"],
    ["POST", () => "/providers/Contoso.Tapes/rewind", "Contoso.Tapes/rewind/action"],
  ])("%s of a path of Resource Manager is named as its operation", async (method, path, operation) => {
    const { status, body } = await landscape.client.call(method, path(landscape));
    expect({ status, code: body.error.code }).toEqual({ status: 501, code: "NotCoveredByEmulator" });
    expect(body.error.message).toContain(`does not cover the operation '${operation}' (${method} `);
  });

  it.each(["/v1.0/servicePrincipals", "/beta/me", "/nothing"])(
    "%s, which is another service's, is named by its path and asked for no api-version",
    async (path) => {
      const { status, body } = await landscape.client.call("GET", `${path}?api-version=`);
      expect(status).toBe(501);
      expect(body.error.message).toContain(`does not cover 'GET ${path}'`);
    },
  );

  it("is not told apart from what is there before the subscription and the api-version are known", async () => {
    const unknown = "/subscriptions/00000000-0000-4000-8000-00000000000f/tapes";
    expect((await landscape.client.get(unknown)).body.error.code).toBe("SubscriptionNotFound");
    const { body } = await landscape.client.get(`${landscape.groupId}/tapes?api-version=`);
    expect(body.error.code).toBe("MissingApiVersionParameter");
  });
});
