import { chmodSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { otherTenantId } from "../../../../emulator";
import { signIn } from "./signInProcess";
import { SignInWorld } from "./signInWorld";

let world: SignInWorld;

/** An `az` that answers from files, keeps its arguments, and refuses what the real one refuses. */
function installAz(answers: { account?: unknown; cloud?: unknown; token?: unknown }): {
  PATH: string;
  log: string;
} {
  const log = world.file("az.log", "");
  for (const name of ["account", "cloud", "token"] as const) {
    rmSync(path.join(world.folder, `${name}.json`), { force: true });
    if (answers[name] !== undefined) {
      world.file(`${name}.json`, JSON.stringify(answers[name]));
    }
  }
  const both = "Please specify only one of subscription and tenant, not both";
  const script = [
    "#!/bin/sh",
    `echo "$*" >> ${log}`,
    'case "$*" in',
    `  *--tenant*--subscription*) echo "${both}" >&2; exit 1;;`,
    `  "account show"*) answer=account;;`,
    `  "cloud show"*) answer=cloud;;`,
    `  "account get-access-token"*) answer=token;;`,
    "esac",
    `cat ${world.folder}/$answer.json 2>/dev/null && exit 0`,
    `echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`,
  ];
  chmodSync(world.file("az", `${script.join("\n")}\n`), 0o755);
  return { PATH: `${world.folder}:${process.env["PATH"]}`, log };
}

const token = (): unknown => ({
  accessToken: world.issuedToken(),
  expires_on: Math.floor(Date.now() / 1000) + 3600,
});

const account = (environmentName = "Emulator"): unknown => ({
  environmentName,
  id: world.emulator.subscriptionId,
});

const registeredCloud = (): unknown => ({
  name: "Emulator",
  endpoints: {
    activeDirectory: world.emulator.url,
    activeDirectoryResourceId: world.emulator.url,
    resourceManager: `${world.emulator.url}/`,
  },
});

const everything = (): { PATH: string; log: string } =>
  installAz({ account: account(), cloud: registeredCloud(), token: token() });

describe("signing in with the Azure CLI", () => {
  beforeAll(async () => {
    world = await SignInWorld.start();
    await signIn({}, world.emulator.environment);
  });

  afterAll(() => world.stop());

  it("takes the cloud and the subscription that the CLI is signed in to, when nothing is configured", async () => {
    const { PATH, log } = everything();
    const report = await signIn({}, { PATH, NODE_EXTRA_CA_CERTS: world.emulator.certificateFile });
    expect(report).toMatchObject({ statusCode: 200, subscriptionId: world.emulator.subscriptionId });
    expect(report.cloud?.name).toBe("Emulator");
    expect(readFileSync(log, "utf8").split("\n").slice(0, 3)).toEqual([
      "account show -o json",
      "cloud show --name Emulator -o json",
      `account get-access-token --output json --resource ${world.emulator.url}`,
    ]);
  });

  it("asks for the configured subscription, and not for its tenant too, which the CLI refuses", async () => {
    const { PATH, log } = everything();
    expect(await signIn({}, { ...world.cloud, ...world.identity, PATH })).toMatchObject({ statusCode: 200 });
    const { subscriptionId, url } = world.emulator;
    expect(readFileSync(log, "utf8").split("\n")).toEqual(
      expect.arrayContaining([
        `account show -o json --subscription ${subscriptionId}`,
        `account get-access-token --output json --resource ${url} --subscription ${subscriptionId}`,
      ]),
    );
  });

  it("asks for the configured tenant when no subscription is configured", async () => {
    const { PATH, log } = everything();
    const { tenantId } = world.emulator;
    expect(await signIn({ tenantId }, { ...world.cloud, PATH })).toMatchObject({ statusCode: 200 });
    expect(readFileSync(log, "utf8")).toContain(`--resource ${world.emulator.url} --tenant ${tenantId}\n`);
  });

  it("asks for an auxiliary tenant by its id alone, also when a subscription is configured", async () => {
    const { PATH, log } = everything();
    const auxiliaryTenantIds = JSON.stringify([otherTenantId]);
    const report = await signIn({ auxiliaryTenantIds }, { ...world.cloud, ...world.identity, PATH });
    expect(report).toMatchObject({ statusCode: 200 });
    expect(readFileSync(log, "utf8")).toContain(
      `--resource ${world.emulator.url} --tenant ${otherTenantId}\n`,
    );
  });

  it("refuses a configured cloud that is not the active one, as azure-native words it", async () => {
    const { PATH } = installAz({ account: account("AzureCloud"), token: token() });
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
    const report = await signIn({}, { PATH: path.join(world.folder, "empty") });
    expect(report.error).toContain(
      "asking the Azure CLI (az account show -o json): Azure CLI not found on path. Run",
    );
  });

  it("refuses a subscription that a shell could take for a command", async () => {
    const report = await signIn({ subscriptionId: "a; touch b" }, { PATH: world.folder });
    expect(report.error).toContain("reading azure-native:subscriptionId (ARM_SUBSCRIPTION_ID): 'a; touch b'");
  });
});
