import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { Client } from "./client";
import type { Reply } from "./client";
import { createKeyPair, signedToken } from "./signedToken";

describe("identity", () => {
  let emulator: Emulator;
  let client: Client;
  let now: number;

  beforeEach(async () => {
    now = Date.parse("2026-11-20T10:00:00Z");
    emulator = await startEmulator({ now: () => now });
    client = new Client(emulator);
  });
  afterEach(async () => {
    client.close();
    await emulator.stop();
  });

  const getWith = (authorization: Record<string, string>) =>
    client.send("GET", `${emulator.url}/subscriptions?api-version=2022-12-01`, undefined, authorization);

  it("gives a JWT that says who it is for, from and about", async () => {
    const { status, body } = await client.requestToken(client.secretForm());
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
    const claims = JSON.parse(Buffer.from(body.access_token.split(".")[1], "base64url").toString());
    expect(claims).toMatchObject({
      aud: emulator.url,
      iss: `${emulator.url}/${emulator.tenantId}/v2.0`,
      tid: emulator.tenantId,
      appid: emulator.environment["ARM_CLIENT_ID"],
      exp: now / 1000 + 3600,
    });
    expect(claims.oid).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each<[string, Record<string, string | undefined>, number, string, string]>([
    ["a wrong secret", { client_secret: "guess" }, 401, "invalid_client", "AADSTS7000215"],
    ["no credential", { client_secret: undefined }, 401, "invalid_client", "AADSTS7000216"],
    ["an unknown application", { client_id: "somebody" }, 400, "unauthorized_client", "AADSTS700016"],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type", "AADSTS70003"],
    ["no scope", { scope: undefined }, 400, "invalid_request", "AADSTS90014"],
    ["an assertion that is no JWT", { client_assertion: "x" }, 400, "invalid_request", "AADSTS50027"],
  ])("refuses %s", async (_what, change, status, error, code) => {
    const form = Object.fromEntries(
      Object.entries({ ...client.secretForm(), ...change }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>;
    const reply = await client.requestToken(form);
    expect(reply.status).toBe(status);
    expect(reply.body.error).toBe(error);
    expect(reply.body.error_description).toContain(code);
  });

  it("refuses an unknown tenant, at the token endpoint and in discovery", async () => {
    const token = await client.requestToken(client.secretForm(), "contoso.example");
    expect(token).toMatchObject({ status: 400, body: { error: "invalid_request", error_codes: [90002] } });
    const url = `${emulator.url}/contoso.example/v2.0/.well-known/openid-configuration`;
    expect(await client.send("GET", url)).toMatchObject({ status: 400, body: { error: "invalid_tenant" } });
  });

  const sendAssertion = (to: Client, assertion: string): Promise<Reply> => {
    const { client_secret: _secret, ...form } = to.secretForm();
    const client_assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    return to.requestToken({ ...form, client_assertion_type, client_assertion: assertion });
  };

  it("accepts a client assertion instead of the secret", async () => {
    expect(
      (await sendAssertion(client, signedToken({ sub: "repo" }, createKeyPair().privateKey))).status,
    ).toBe(200);
  });

  describe("with a federated credential", () => {
    const { privateKey, publicKey } = createKeyPair();
    const credential = { issuer: "https://issuer.example", subject: "repo:team/stacks", publicKey };
    const good = (): object => ({
      iss: credential.issuer,
      sub: credential.subject,
      aud: "api://AzureADTokenExchange",
      exp: now / 1000 + 300,
    });
    let trusting: Emulator;
    let trusted: Client;

    beforeEach(async () => {
      trusting = await startEmulator({ now: () => now, federatedCredentials: [credential] });
      trusted = new Client(trusting);
    });
    afterEach(async () => {
      trusted.close();
      await trusting.stop();
    });

    it("accepts its tokens", async () => {
      expect((await sendAssertion(trusted, signedToken(good(), privateKey))).status).toBe(200);
    });

    it.each<[string, object, number]>([
      ["of another issuer", { iss: "https://other.example" }, 700211],
      ["for another subject", { sub: "repo:Team/stacks" }, 700213],
      ["for another audience", { aud: "https://github.com/team" }, 700212],
      ["that has expired", { exp: Date.parse("2026-11-20T10:00:00Z") / 1000 }, 700024],
      ["that is not valid yet", { nbf: Date.parse("2026-11-20T10:00:01Z") / 1000 }, 700024],
      ["that never expires", { exp: undefined }, 700024],
    ])("refuses a token %s", async (_what, change, code) => {
      const reply = await sendAssertion(trusted, signedToken({ ...good(), ...change }, privateKey));
      expect(reply).toMatchObject({ status: 401, body: { error: "invalid_client", error_codes: [code] } });
    });

    it("begins with a good key only", async () => {
      const federatedCredentials = [{ ...credential, publicKey: "-----BEGIN" }];
      await expect(startEmulator({ federatedCredentials })).rejects.toThrow(
        "The federated credential of 'repo:team/stacks' must have an RSA public key in PEM.",
      );
    });

    it("refuses a token that somebody else signed", async () => {
      const reply = await sendAssertion(trusted, signedToken(good(), createKeyPair().privateKey));
      expect(reply).toMatchObject({ status: 401, body: { error_codes: [700027] } });
    });
  });

  it("answers the older token endpoint, by resource, under a double slash", async () => {
    const { scope: _scope, ...form } = client.secretForm();
    const text = new URLSearchParams({ ...form, resource: `${emulator.url}/` }).toString();
    const { status, body } = await client.send(
      "POST",
      `${emulator.url}//${emulator.tenantId}/oauth2/token`,
      text,
    );
    expect(status).toBe(200);
    expect(await getWith({ Authorization: `Bearer ${body.access_token}` })).toMatchObject({ status: 200 });
  });

  it("describes itself to clients of every generation", async () => {
    const openId = await client.send(
      "GET",
      `${emulator.url}/${emulator.tenantId}/v2.0/.well-known/openid-configuration`,
    );
    expect(openId.body.token_endpoint).toBe(`${emulator.url}/${emulator.tenantId}/oauth2/v2.0/token`);
    const instance = await client.send("GET", `${emulator.url}/common/discovery/instance?api-version=1.1`);
    expect(instance.body.metadata[0].aliases).toEqual([new URL(emulator.url).host]);

    const metadata = (version: string) =>
      client.send("GET", `${emulator.url}/metadata/endpoints?api-version=${version}`);
    const newer = await metadata("2022-09-01");
    expect(newer.body).toMatchObject({
      name: "DataProtectionEmulator",
      resourceManager: `${emulator.url}/`,
      microsoftGraphResourceId: `${emulator.url}/`,
      authentication: { loginEndpoint: `${emulator.url}/`, tenant: "common" },
    });
    expect((await metadata("2020-06-01")).body).toEqual([newer.body]);
    const { galleryEndpoint, authentication } = (await metadata("2015-01-01")).body;
    expect([galleryEndpoint, authentication]).toEqual([`${emulator.url}/`, newer.body.authentication]);
  });

  it("lets nobody through without a good token", async () => {
    const { body: good } = await client.requestToken(client.secretForm());
    const { body: foreign } = await client.requestToken({
      ...client.secretForm(),
      scope: "https://graph.example\n/.default",
    });
    const [header, payload] = good.access_token.split(".");
    const cases: [string, Record<string, string>][] = [
      ["AuthenticationFailed", {}],
      ["AuthenticationFailedInvalidHeader", { Authorization: "Basic eA==" }],
      ["InvalidAuthenticationToken", { Authorization: "Bearer nonsense" }],
      ["InvalidAuthenticationToken", { Authorization: `Bearer ${header}.${payload}.c2lnbmF0dXJl` }],
      ["InvalidAuthenticationTokenAudience", { Authorization: `Bearer ${foreign.access_token}` }],
    ];
    for (const [code, headers] of cases) {
      const reply = await getWith(headers);
      expect(reply).toMatchObject({ status: 401, body: { error: { code } } });
      expect(reply.headers["www-authenticate"]).toContain(
        `authorization_uri="${emulator.url}/${emulator.tenantId}"`,
      );
    }
    now += 3_600_000;
    expect(await getWith({ Authorization: `Bearer ${good.access_token}` })).toMatchObject({
      status: 401,
      body: { error: { code: "ExpiredAuthenticationToken" } },
    });
  });
});
