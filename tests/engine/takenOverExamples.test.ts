import * as path from "node:path";
import type { OpenStack } from "../../engine/stack";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { Estate } from "../wire/estate";
import { openExample } from "./example";
import { createAsOtherToolsDo } from "./otherTools";
import { describeWithPulumi } from "./withPulumi";

describeWithPulumi("an example in an estate that is there already", (pulumi) => {
  let emulator: Emulator;
  let estate: Estate;
  let opened: OpenStack | undefined;

  beforeEach(async () => {
    emulator = await startEmulator({ speed: 500 });
    estate = await Estate.build(emulator);
  });
  afterEach(async () => {
    await opened?.close();
    await emulator.stop();
  });

  async function open(
    name: string,
    config: Record<string, string>,
    environment: Record<string, string> = {},
  ): Promise<OpenStack["stack"]> {
    opened = await openExample(name, { emulator, environment, pulumiCommand: await pulumi(), config });
    return opened.stack;
  }

  it("importing: takes over an instance that the portal made, and leaves it when the stack goes", async () => {
    await estate.grant("diskReader", "snapshotContributor", "accountContributor");
    emulator.control.advance(60_000);
    const [instanceId = ""] = await createAsOtherToolsDo(estate, emulator.control);
    const before = emulator.remainingResourceIds();
    const { vaultId, policyIds, diskId, snapshotResourceGroupId } = estate;
    const instanceName = path.posix.basename(instanceId);
    const config = { vaultId, policyId: policyIds.disk, diskId, snapshotResourceGroupId, instanceName };
    const stack = await open("importing", config);

    const { outputs } = await stack.up();
    expect(outputs.protectionState?.value).toBe("ProtectionConfigured");
    expect(outputs.backupInstanceId?.value).toBe(instanceId);
    expect((await stack.up()).summary.resourceChanges).toEqual({ same: 2 });
    await stack.destroy();
    expect(emulator.remainingResourceIds()).toEqual(before);
  }, 120_000);

  it("continuousIntegration: signs in with the pipeline's token", async () => {
    const { vaultId, policyIds, diskId } = estate;
    const principalId = await estate.principalId();
    const before = emulator.remainingResourceIds();
    const config = { vaultId, principalId, location: "westeurope", policyId: policyIds.disk, diskId };
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
    const token = [
      encode({ alg: "RS256", typ: "JWT" }),
      encode({ sub: "repo:o/r:pull_request" }),
      "c2ln",
    ].join(".");
    const from = emulator.exchanges.length;
    const stack = await open("continuousIntegration", config, {
      ARM_USE_OIDC: "true",
      ARM_OIDC_TOKEN: token,
      ARM_CLIENT_SECRET: "",
    });

    expect((await stack.up()).outputs.protectionState?.value).toBe("ProtectionConfigured");
    const logins = emulator.exchanges.slice(from).filter(({ url }) => url.includes("/oauth2/v2.0/token"));
    const assertions = logins.map(
      ({ requestBody }) => (requestBody as Record<string, string>).client_assertion,
    );
    expect(new Set(assertions)).toEqual(new Set([token]));
    await stack.destroy();
    expect(emulator.remainingResourceIds()).toEqual(before);
  }, 120_000);
});
