import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as forge from "node-forge";
import type { Emulator } from "../../../emulator";
import { startEmulator } from "../../../emulator";
import type { LoopbackServer } from "./loopbackServer";
import { startLoopbackServer } from "./loopbackServer";
import type { SignInReport } from "./signInProcess";
import { signIn } from "./signInProcess";

const outsideToken = unsignedJwt("outside");
const laterOutsideToken = unsignedJwt("later");

let emulator: Emulator;
let server: LoopbackServer;
let folder: string;
let cloud: Readonly<Record<string, string>>;
let identity: Readonly<Record<string, string>>;

function unsignedJwt(subject: string): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ sub: subject })}.c2lnbmF0dXJl`;
}

function file(name: string, contents: string): string {
  const location = path.join(folder, name);
  writeFileSync(location, contents);
  return location;
}

/** The forms that the token endpoint was sent since the last call. */
let tokenRequestsSeen = 0;
function newTokenRequests(): URLSearchParams[] {
  const bodies = emulator.exchanges
    .filter(({ method, url }) => method === "POST" && url.includes("/oauth2/v2.0/token"))
    .map(({ requestBody }) => new URLSearchParams(requestBody as string | Record<string, string>));
  const fresh = bodies.slice(tokenRequestsSeen);
  tokenRequestsSeen = bodies.length;
  return fresh;
}

/** A token that the emulator accepts, for those who would have one from elsewhere. */
function emulatorToken(): string {
  const tokens = emulator.exchanges.map(
    ({ responseBody }) => (responseBody as { access_token?: string } | undefined)?.access_token,
  );
  return tokens.find((token) => token !== undefined) ?? "";
}

function expectGood(report: SignInReport): void {
  expect(report).toMatchObject({ statusCode: 200, subscriptionId: emulator.subscriptionId });
  expect(report.cloud?.resourceManagerEndpoint).toBe(emulator.url);
}

describe("signing in", () => {
  beforeAll(async () => {
    emulator = await startEmulator({ speed: 1000 });
    server = await startLoopbackServer();
    folder = mkdtempSync(path.join(tmpdir(), "sign-in-"));
    const { ARM_CLIENT_SECRET, ARM_CLIENT_ID, ARM_TENANT_ID, ARM_SUBSCRIPTION_ID, ...rest } =
      emulator.environment;
    cloud = rest;
    identity = Object.fromEntries(
      Object.entries({ ARM_CLIENT_ID, ARM_TENANT_ID, ARM_SUBSCRIPTION_ID }).map(([key, value]) => [
        key,
        value ?? "",
      ]),
    );
    await signIn({}, { ...cloud, ...identity, ARM_CLIENT_SECRET: ARM_CLIENT_SECRET ?? "" });
    newTokenRequests();
  });

  afterAll(async () => {
    await server.stop();
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });

  describe("with a client secret", () => {
    it("gets a token that Resource Manager accepts, and another one after that was refused", async () => {
      const report = await signIn({}, emulator.environment);
      expectGood(report);
      expect(report.renewed).toBe(true);
      const [first] = newTokenRequests();
      expect(first?.get("scope")).toContain(`${emulator.url}/.default`);
    });

    it("takes the stack's settings, and finds the cloud through the metadata host", async () => {
      const { ARM_CLIENT_SECRET, ARM_TENANT_ID, ARM_CLIENT_ID, ARM_SUBSCRIPTION_ID, ...others } =
        emulator.environment;
      const stack = {
        clientId: ARM_CLIENT_ID ?? "",
        clientSecret: ARM_CLIENT_SECRET ?? "",
        tenantId: ARM_TENANT_ID ?? "",
        subscriptionId: ARM_SUBSCRIPTION_ID ?? "",
        metadataHost: new URL(emulator.url).host,
      };
      const report = await signIn(stack, { NODE_EXTRA_CA_CERTS: others["NODE_EXTRA_CA_CERTS"] ?? "" });
      expectGood(report);
      expect(report.cloud?.name).toBe("DataProtectionEmulator");
    });

    it("says what the identity service said and what to do, without the secret", async () => {
      const report = await signIn({ clientSecret: "not-the-secret" }, emulator.environment);
      expect(report.error).toContain(
        `authenticating as a Service Principal using a Client Secret (tenant ${emulator.tenantId}, client `,
      );
      expect(report.error).toContain(
        `authority ${emulator.url}, scope ${emulator.url}/.default): AADSTS7000215: Invalid client secret`,
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
      const report = await signIn({ [key]: otherId }, emulator.environment);
      expect(report.error).toContain(code);
      expect(report.error).toContain(advice);
    });

    it("explains a certificate that is not trusted", async () => {
      const report = await signIn({}, { ...emulator.environment, NODE_EXTRA_CA_CERTS: "" });
      expect(report.error).toContain("NODE_EXTRA_CA_CERTS");
    });

    it("explains an authority that cannot be reached", async () => {
      const nobody = { activeDirectoryAuthorityHost: "https://127.0.0.1:9" };
      const report = await signIn(nobody, emulator.environment);
      expect(report.error).toContain("ECONNREFUSED");
      expect(report.error).toContain("Check the network, the proxy and the cloud's addresses.");
    });
  });

  it("works with a client certificate in a .pfx file", async () => {
    const report = await signIn(
      { clientCertificatePath: writePfx("sesame"), clientCertificatePassword: "sesame" },
      { ...cloud, ...identity },
    );
    expectGood(report);
    const [form] = newTokenRequests().slice(-1);
    expect(form?.get("client_assertion_type")).toContain("jwt-bearer");
  });

  it("works with the Default Azure Credential", async () => {
    const variables = {
      AZURE_CLIENT_ID: emulator.environment["ARM_CLIENT_ID"] ?? "",
      AZURE_TENANT_ID: emulator.environment["ARM_TENANT_ID"] ?? "",
      AZURE_CLIENT_SECRET: emulator.environment["ARM_CLIENT_SECRET"] ?? "",
    };
    const settings = { useDefaultAzureCredential: "true", subscriptionId: emulator.subscriptionId };
    expectGood(await signIn(settings, { ...cloud, ...variables }));
  });

  describe("with OIDC", () => {
    const useOidc = "true";

    it("sends the token", async () => {
      newTokenRequests();
      expectGood(await signIn({ useOidc, oidcToken: outsideToken }, { ...cloud, ...identity }));
      expect(newTokenRequests()[0]?.get("client_assertion")).toBe(outsideToken);
    });

    it("reads the token file again for each request, so that a replaced token is used", async () => {
      const oidcTokenFilePath = file("token", `${outsideToken}\n`);
      newTokenRequests();
      const renewal = { file: oidcTokenFilePath, contents: laterOutsideToken };
      expectGood(await signIn({ useOidc, oidcTokenFilePath }, { ...cloud, ...identity }, renewal));
      expect(newTokenRequests().map((form) => form.get("client_assertion"))).toEqual([
        outsideToken,
        laterOutsideToken,
      ]);
    });

    it("says which token file cannot be read", async () => {
      const report = await signIn(
        { useOidc, oidcTokenFilePath: "/nowhere/token" },
        { ...cloud, ...identity },
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
      newTokenRequests();
      expectGood(await signIn({}, { ...cloud, ...identity, ...variables }));
      expect(newTokenRequests()[0]?.get("client_assertion")).toBe(outsideToken);
      const request = server.requests.at(-1);
      expect(request?.url).toBe("/token?api-version=2&audience=api%3A%2F%2FAzureADTokenExchange");
      expect(request?.headers.authorization).toBe("Bearer request-bearer");
      await signIn({ oidcAudience: "api://own" }, { ...cloud, ...identity, ...variables });
      expect(server.requests.at(-1)?.url).toContain("audience=api%3A%2F%2Fown");
    });

    it("passes on what the request URL answered, without the bearer token", async () => {
      server.answer = { status: 403, body: { message: "request-bearer may not" } };
      const request = { oidcRequestUrl: server.url, oidcRequestToken: "request-bearer" };
      const refused = await signIn({ useOidc, ...request }, { ...cloud, ...identity });
      expect(refused.error).toContain('GitHub OIDC: 403 with response: {"message":"[secret] may not"}');
      expect(refused.stack).not.toContain("request-bearer");
      server.answer = { status: 200, body: { token: outsideToken } };
      const empty = await signIn({ useOidc, ...request }, { ...cloud, ...identity });
      expect(empty.error).toContain("GitHub OIDC: cannot unmarshal response");
    });
  });

  describe("with a managed identity", () => {
    it("asks the endpoint of the machine, for a user-assigned identity by its client id", async () => {
      const expiresOn = String(Math.floor(Date.now() / 1000) + 3600);
      server.answer = {
        status: 200,
        body: { access_token: emulatorToken(), expires_on: expiresOn, token_type: "Bearer" },
      };
      const machine = { IDENTITY_ENDPOINT: `${server.url}/msi/token`, IDENTITY_HEADER: "machine-secret" };
      const settings = { useMsi: "true", subscriptionId: emulator.subscriptionId };
      expectGood(await signIn(settings, { ...cloud, ...machine }));
      const request = server.requests.at(-1);
      expect(request?.headers["x-identity-header"]).toBe("machine-secret");
      const query = new URL(request?.url ?? "", server.url).searchParams;
      expect(query.get("resource")).toBe(emulator.url);
      expect(query.get("client_id")).toBeNull();

      await signIn({ ...settings, clientId: "user-assigned" }, { ...cloud, ...machine });
      expect(server.requests.at(-1)?.url).toContain("client_id=user-assigned");
    });

    it("says that there is none", async () => {
      server.answer = { status: 400, body: { statusCode: 400, message: "No identity is assigned." } };
      const machine = { IDENTITY_ENDPOINT: server.url, IDENTITY_HEADER: "machine-secret" };
      const report = await signIn(
        { useMsi: "true", subscriptionId: emulator.subscriptionId },
        { ...cloud, ...machine },
      );
      expect(report.error).toContain("authenticating as a Managed Identity using MSI");
      expect(report.error).toContain("Check that this machine has a managed identity");
    });
  });

  describe("with the Azure CLI", () => {
    /** An `az` that answers from files, keeps its arguments, and refuses what the real one refuses. */
    function installAz(answers: { account?: unknown; cloud?: unknown; token?: unknown }): {
      PATH: string;
      log: string;
    } {
      const log = file("az.log", "");
      for (const [name, answer] of Object.entries(answers)) {
        file(`${name}.json`, JSON.stringify(answer));
      }
      const script = [
        "#!/bin/sh",
        `echo "$*" >> ${log}`,
        'case "$*" in',
        '  *--tenant*--subscription*|*--subscription*--tenant*) echo "Please specify only one of subscription and tenant, not both" >&2; exit 1;;',
        `  "account show"*) answer=account;;`,
        `  "cloud show"*) answer=cloud;;`,
        `  "account get-access-token"*) answer=token;;`,
        "esac",
        `cat ${folder}/$answer.json 2>/dev/null && exit 0`,
        `echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`,
      ];
      chmodSync(file("az", `${script.join("\n")}\n`), 0o755);
      return { PATH: `${folder}:${process.env["PATH"]}`, log };
    }

    beforeEach(() => {
      for (const name of ["account", "cloud", "token"]) {
        rmSync(path.join(folder, `${name}.json`), { force: true });
      }
    });

    const token = (): unknown => ({
      accessToken: emulatorToken(),
      expires_on: Math.floor(Date.now() / 1000) + 3600,
    });
    const registeredCloud = (): unknown => ({
      name: "Emulator",
      endpoints: {
        activeDirectory: emulator.url,
        activeDirectoryResourceId: emulator.url,
        resourceManager: `${emulator.url}/`,
      },
    });
    const account = (): unknown => ({ environmentName: "Emulator", id: emulator.subscriptionId });

    it("takes the cloud and the subscription that the CLI is signed in to, when nothing is configured", async () => {
      const { PATH, log } = installAz({ account: account(), cloud: registeredCloud(), token: token() });
      const report = await signIn({}, { PATH, NODE_EXTRA_CA_CERTS: emulator.certificateFile });
      expectGood(report);
      expect(report.cloud?.name).toBe("Emulator");
      expect(readFileSync(log, "utf8").split("\n").slice(0, 3)).toEqual([
        "account show -o json",
        "cloud show --name Emulator -o json",
        `account get-access-token --output json --resource ${emulator.url}`,
      ]);
    });

    it("asks for the configured subscription, and not for its tenant too, which the CLI refuses", async () => {
      const { PATH, log } = installAz({ account: account(), cloud: registeredCloud(), token: token() });
      expectGood(await signIn({}, { ...cloud, ...identity, PATH }));
      expect(readFileSync(log, "utf8")).toContain(
        `--resource ${emulator.url} --subscription ${emulator.subscriptionId}\n`,
      );
    });

    it("refuses a configured cloud that is not the active one, as azure-native words it", async () => {
      const { PATH } = installAz({
        account: { environmentName: "AzureCloud", id: emulator.subscriptionId },
        token: token(),
      });
      const report = await signIn({ environment: "china" }, { PATH });
      expect(report.error).toBe(
        "The configured Azure cloud 'AzureChinaCloud' does not match the active cloud 'AzureCloud'.\n" +
          "When authenticating using the Azure CLI, the configured cloud needs to match the one shown by 'az account show'.\n" +
          "You can change clouds using 'az cloud set --name <cloud>'.",
      );
    });

    it("says that nobody is signed in", async () => {
      const { PATH } = installAz({});
      const report = await signIn({}, { PATH });
      expect(report.error).toContain(
        "asking the Azure CLI (az account show -o json): ERROR: Please run 'az login'",
      );
    });

    it("says that the login has expired between the account and the token", async () => {
      const { PATH } = installAz({ account: account(), cloud: registeredCloud() });
      const report = await signIn({}, { PATH });
      expect(report.error).toContain("authenticating using the Azure CLI (scope ");
      expect(report.error).toContain("Please run 'az login' from a command prompt");
    });

    it("says that there is no Azure CLI", async () => {
      const report = await signIn({}, { PATH: folder, HOME: folder });
      rmSync(path.join(folder, "az"), { force: true });
      const absent = await signIn({}, { PATH: folder });
      expect(report.error).toContain("asking the Azure CLI");
      expect(absent.error).toContain("Azure CLI not found on path");
    });

    it("refuses a subscription that a shell could take for a command", async () => {
      const report = await signIn({ subscriptionId: "a; touch b" }, { PATH: folder });
      expect(report.error).toContain(
        "reading azure-native:subscriptionId (ARM_SUBSCRIPTION_ID): 'a; touch b'",
      );
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
  const location = path.join(folder, "certificate.pfx");
  writeFileSync(location, Buffer.from(forge.asn1.toDer(pfx).getBytes(), "latin1"));
  return location;
}
