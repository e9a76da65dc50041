import path from "node:path";
import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import { programFromModule } from "../../engine/programFromModule";
import type { OpenStack } from "../../engine/stack";
import { openStack } from "../../engine/stack";
import { Estate } from "../wire/estate";
import { messagesOf } from "./messages";
import { describeWithPulumi } from "./withPulumi";

const repository = path.resolve(__dirname, "../..");

describeWithPulumi("what the rows of the resources say", (pulumi) => {
  let emulator: Emulator;
  let estate: Estate;
  let opened: OpenStack;

  beforeAll(async () => {
    emulator = await startEmulator({ speed: 500 });
    estate = await Estate.build(emulator, { softDelete: "On" });
    await estate.grant("diskReader", "snapshotContributor");
    const { vaultId, policyIds, diskId, snapshotResourceGroupId } = estate;
    const config = { vaultId, policyId: policyIds.disk, diskId, snapshotResourceGroupId };
    opened = await openStack({
      emulator,
      pulumiCommand: await pulumi(),
      stackName: "dev",
      program: programFromModule(path.join(repository, "dist/examples/existingVault/index.js")),
      programFolder: path.join(repository, "examples/existingVault"),
      config: Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])),
    });
    await opened.stack.up();
  });
  afterAll(async () => {
    await opened.close();
    await emulator.stop();
  });

  const instanceId = async (): Promise<string> =>
    String((await opened.stack.outputs()).backupInstanceId?.value);

  it("tell of stopped protection in the preview, and the update heals it", async () => {
    await estate.act(await instanceId(), "stopProtection");
    expect(await messagesOf((options) => opened.stack.preview(options))).toContainEqual({
      row: "data",
      severity: "warning",
      message: "the datasource is not protected (ProtectionStopped): this update takes the backups up again",
    });
    const { summary, outputs } = await opened.stack.up();
    expect(summary.resourceChanges).toMatchObject({ update: 1 });
    expect(outputs.protectionState?.value).toBe("ProtectionConfigured");
  });

  it("tell until when a deleted instance can be had back, and that it was", async () => {
    expect(await messagesOf((options) => opened.stack.destroy(options))).toContainEqual({
      row: expect.any(String),
      severity: "info",
      message: expect.stringMatching(
        /is soft-deleted \(deleted .*, recoverable until .*\); until then it keeps policy/,
      ),
    });
    expect(await messagesOf((options) => opened.stack.up(options))).toContainEqual({
      row: "data",
      severity: "info",
      message: expect.stringMatching(
        /^recovered the soft-deleted instance with its recovery points \(deleted /,
      ),
    });
  });

  it("tell once when the live state could not be looked at, and the preview goes on", async () => {
    const { workspace } = opened.stack;
    const environment = workspace.envVars;
    workspace.envVars = { ...environment, ARM_CLIENT_SECRET: "wrong" };
    const messages = await messagesOf((options) => opened.stack.preview(options));
    workspace.envVars = environment;
    expect(
      messages.filter(({ message }) => message.startsWith("could not look at the live state")),
    ).toHaveLength(1);
  });
});
