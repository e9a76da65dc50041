import * as forge from "node-forge";
import { otherTenantId } from "../../../../emulator";
import type { LoopbackServer } from "./loopbackServer";
import { startLoopbackServer } from "./loopbackServer";
import type { SignInReport } from "./signInProcess";
import { signIn } from "./signInProcess";
import { SignInWorld } from "./signInWorld";

// The identity library tries four times, seconds apart, before it gives an authority up.
jest.setTimeout(60_000);

const outsideToken = unsignedJwt("outside");
const laterOutsideToken = unsignedJwt("later");

let world: SignInWorld;
let server: LoopbackServer;

function unsignedJwt(subject: string): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ sub: subject })}.c2lnbmF0dXJl`;
}

function expectGood(report: SignInReport): void {
  expect(report).toMatchObject({ statusCode: 200, subscriptionId: world.emulator.subscriptionId });
  expect(report.cloud?.resourceManagerEndpoint).toBe(world.emulator.url);
}

describe("signing in", () => {
  beforeAll(async () => {
    world = await SignInWorld.start();
    server = await startLoopbackServer();
  });

  afterAll(async () => {
    await server.stop();
    await world.stop();
  });

  describe("with a client secret", () => {
    it("gets a token that Resource Manager accepts, and another one after that was refused", async () => {
      const report = await signIn({}, world.emulator.environment);
      expectGood(report);
      expect(report.renewed).toBe(true);
      const [first] = world.newTokenRequests();
      expect(first?.get("scope")).toContain(`${world.emulator.url}/.default`);
    });

    it("takes the stack's settings, and finds the cloud through the metadata host", async () => {
      const stack = {
        clientId: world.variable("ARM_CLIENT_ID"),
        clientSecret: world.variable("ARM_CLIENT_SECRET"),
        tenantId: world.variable("ARM_TENANT_ID"),
        subscriptionId: world.variable("ARM_SUBSCRIPTION_ID"),
        metadataHost: new URL(world.emulator.url).host,
      };
      const report = await signIn(stack, { NODE_EXTRA_CA_CERTS: world.emulator.certificateFile });
      expectGood(report);
      expect(report.cloud?.name).toBe("DataProtectionEmulator");
    });

    it("says what the identity service said and what to do, without the secret", async () => {
      const report = await signIn({ clientSecret: "not-the-secret" }, world.emulator.environment);
      expect(report.error).toContain(
        `authenticating as a Service Principal using a Client Secret (tenant ${world.emulator.tenantId}, client `,
      );
      expect(report.error).toContain(
        `authority ${world.emulator.url}, scope ${world.emulator.url}/.default): AADSTS7000215: Invalid client secret`,
      );
      expect(report.error).toContain(
        "Set azure-native:clientSecret (ARM_CLIENT_SECRET) to the value of a client secret",
      );
      expect(report.error).not.toMatch(/Trace ID|\n/);
      expect(report.stack).not.toContain("not-the-secret");
    });

    const otherId = "00000000-0000-0000-0000-00000000dead";
    it.each([
      ["clientId", "AADSTS700016", "Check azure-native:clientId (ARM_CLIENT_ID)"],
      ["tenantId", "AADSTS90002", "Check azure-native:tenantId (ARM_TENANT_ID)"],
    ])("explains a wrong %s", async (key, code, advice) => {
      const report = await signIn({ [key]: otherId }, world.emulator.environment);
      expect(report.error).toContain(code);
      expect(report.error).toContain(advice);
    });

    it("signs in to the auxiliary tenants too, with the same secret", async () => {
      const auxiliaryTenantIds = JSON.stringify([otherTenantId]);
      const report = await signIn({ auxiliaryTenantIds }, world.emulator.environment);
      expectGood(report);
      expect(report.auxiliaryTenantIds).toEqual([otherTenantId]);
    });

    it("names the auxiliary tenant that gives no token, and the setting that names it", async () => {
      const auxiliaryTenantIds = JSON.stringify([otherId]);
      const report = await signIn({ auxiliaryTenantIds }, world.emulator.environment);
      expect(report.error).toContain(`using a Client Secret (tenant ${otherId}, client`);
      expect(report.error).toContain("Check azure-native:auxiliaryTenantIds (ARM_AUXILIARY_TENANT_IDS)");
    });

    it("explains a certificate that is not trusted", async () => {
      const report = await signIn({}, { ...world.emulator.environment, NODE_EXTRA_CA_CERTS: "" });
      expect(report.error).toContain("NODE_EXTRA_CA_CERTS");
    });

    it("explains an authority that cannot be reached", async () => {
      const nobody = { activeDirectoryAuthorityHost: "https://127.0.0.1:9" };
      const report = await signIn(nobody, world.emulator.environment);
      expect(report.error).toContain("ECONNREFUSED");
      expect(report.error).toContain("Check the network, the proxy and the cloud's addresses.");
    });
  });

  it("works with a client certificate in a .pfx file", async () => {
    const report = await signIn(
      { clientCertificatePath: writePfx("sesame"), clientCertificatePassword: "sesame" },
      { ...world.cloud, ...world.identity },
    );
    expectGood(report);
    const [form] = world.newTokenRequests().slice(-1);
    expect(form?.get("client_assertion_type")).toContain("jwt-bearer");
  });

  it("works with the Default Azure Credential, in auxiliary tenants too", async () => {
    const variables = {
      AZURE_CLIENT_ID: world.variable("ARM_CLIENT_ID"),
      AZURE_TENANT_ID: world.variable("ARM_TENANT_ID"),
      AZURE_CLIENT_SECRET: world.variable("ARM_CLIENT_SECRET"),
    };
    const settings = {
      useDefaultAzureCredential: "true",
      subscriptionId: world.emulator.subscriptionId,
      auxiliaryTenantIds: JSON.stringify([otherTenantId]),
    };
    const report = await signIn(settings, { ...world.cloud, ...variables });
    expectGood(report);
    expect(report.auxiliaryTenantIds).toEqual([otherTenantId]);
  });

  describe("with OIDC", () => {
    const useOidc = "true";

    it("sends the token, in auxiliary tenants too", async () => {
      world.newTokenRequests();
      const auxiliaryTenantIds = JSON.stringify([otherTenantId]);
      const settings = { useOidc, oidcToken: outsideToken, auxiliaryTenantIds };
      const report = await signIn(settings, { ...world.cloud, ...world.identity });
      expectGood(report);
      expect(report.auxiliaryTenantIds).toEqual([otherTenantId]);
      expect(world.newTokenRequests()[0]?.get("client_assertion")).toBe(outsideToken);
    });

    it("reads the token file again for each request, so that a replaced token is used", async () => {
      const oidcTokenFilePath = world.file("token", `${outsideToken}\n`);
      world.newTokenRequests();
      const renewal = { file: oidcTokenFilePath, contents: laterOutsideToken };
      expectGood(
        await signIn({ useOidc, oidcTokenFilePath }, { ...world.cloud, ...world.identity }, renewal),
      );
      expect(world.newTokenRequests().map((form) => form.get("client_assertion"))).toEqual([
        outsideToken,
        laterOutsideToken,
      ]);
    });

    it("says which token file cannot be read", async () => {
      const report = await signIn(
        { useOidc, oidcTokenFilePath: "/nowhere/token" },
        { ...world.cloud, ...world.identity },
      );
      expect(report.error).toContain("failed to read OIDC token from /nowhere/token: ENOENT");
    });

    it("asks the request URL with the audience and the bearer token", async () => {
      server.answer = { status: 200, body: { value: outsideToken } };
      const variables = {
        ARM_USE_OIDC: "true",
        ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/token?api-version=2`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-bearer",
      };
      world.newTokenRequests();
      expectGood(await signIn({}, { ...world.cloud, ...world.identity, ...variables }));
      expect(world.newTokenRequests()[0]?.get("client_assertion")).toBe(outsideToken);
      const request = server.requests.at(-1);
      expect(request?.url).toBe("/token?api-version=2&audience=api%3A%2F%2FAzureADTokenExchange");
      expect(request?.headers.authorization).toBe("Bearer request-bearer");
      await signIn({ oidcAudience: "api://own" }, { ...world.cloud, ...world.identity, ...variables });
      expect(server.requests.at(-1)?.url).toContain("audience=api%3A%2F%2Fown");
    });

    it("passes on what the request URL answered, without the bearer token", async () => {
      server.answer = { status: 403, body: { message: "request-bearer may not" } };
      const request = { oidcRequestUrl: server.url, oidcRequestToken: "request-bearer" };
      const refused = await signIn({ useOidc, ...request }, { ...world.cloud, ...world.identity });
      expect(refused.error).toContain('GitHub OIDC: 403 with response: {"message":"[secret] may not"}');
      expect(refused.stack).not.toContain("request-bearer");
      server.answer = { status: 200, body: { token: outsideToken } };
      const empty = await signIn({ useOidc, ...request }, { ...world.cloud, ...world.identity });
      expect(empty.error).toContain("GitHub OIDC: cannot unmarshal response");
    });
  });

  describe("with a managed identity", () => {
    it("asks the endpoint of the machine, for a user-assigned identity by its client id, and in no other tenant", async () => {
      const expiresOn = String(Math.floor(Date.now() / 1000) + 3600);
      server.answer = {
        status: 200,
        body: { access_token: world.issuedToken(), expires_on: expiresOn, token_type: "Bearer" },
      };
      const machine = { IDENTITY_ENDPOINT: `${server.url}/msi/token`, IDENTITY_HEADER: "machine-secret" };
      const settings = { useMsi: "true", subscriptionId: world.emulator.subscriptionId };
      expectGood(await signIn(settings, { ...world.cloud, ...machine }));
      const request = server.requests.at(-1);
      expect(request?.headers["x-identity-header"]).toBe("machine-secret");
      const query = new URL(request?.url ?? "", server.url).searchParams;
      expect(query.get("resource")).toBe(world.emulator.url);
      expect(query.get("client_id")).toBeNull();

      await signIn({ ...settings, clientId: "user-assigned" }, { ...world.cloud, ...machine });
      expect(server.requests.at(-1)?.url).toContain("client_id=user-assigned");

      const auxiliaryTenantIds = JSON.stringify([otherTenantId]);
      const report = await signIn({ ...settings, auxiliaryTenantIds }, { ...world.cloud, ...machine });
      expect(report.error).toBe(
        `signing in to tenant ${otherTenantId}, which azure-native:auxiliaryTenantIds (ARM_AUXILIARY_TENANT_IDS) names: ` +
          "a managed identity has tokens of its own tenant only. Authenticate as an application that both tenants have.",
      );
    });

    it("says that there is none", async () => {
      server.answer = { status: 400, body: { statusCode: 400, message: "No identity is assigned." } };
      const machine = { IDENTITY_ENDPOINT: server.url, IDENTITY_HEADER: "machine-secret" };
      const report = await signIn(
        { useMsi: "true", subscriptionId: world.emulator.subscriptionId },
        { ...world.cloud, ...machine },
      );
      expect(report.error).toContain("authenticating as a Managed Identity using MSI");
      expect(report.error).toContain("Check that this machine has a managed identity");
    });
  });
});

/** A self-signed certificate; the emulator does not look at it, the identity library does. */
function writePfx(password: string): string {
  const { privateKey, publicKey } = forge.pki.rsa.generateKeyPair({ bits: 2048 });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000);
  certificate.sign(privateKey, forge.md.sha256.create());
  const pfx = forge.pkcs12.toPkcs12Asn1(privateKey, certificate, password, { algorithm: "3des" });
  return world.file("certificate.pfx", Buffer.from(forge.asn1.toDer(pfx).getBytes(), "latin1"));
}
