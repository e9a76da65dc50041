import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { OpenStack } from "../../tools/engine/stack";
import { Estate } from "../wire/estate";
import { openExample, prepareExistingVault } from "./example";
import { messagesOf } from "./messages";
import { describeWithPulumi } from "./withPulumi";

describeWithPulumi("what the rows of the resources say", (pulumi) => {
  let emulator: Emulator;
  let estate: Estate;
  let opened: OpenStack;

  beforeAll(async () => {
    emulator = await startEmulator({ speed: 500 });
    estate = await Estate.build(emulator, { softDelete: "On" });
    const config = await prepareExistingVault(estate);
    opened = await openExample("existingVault", { emulator, pulumiCommand: await pulumi(), config });
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
      row: "data",
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
