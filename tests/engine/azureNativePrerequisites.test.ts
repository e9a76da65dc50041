import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { OpenStack } from "../../tools/engine/stack";
import { openExample } from "./example";
import { messagesOf } from "./messages";
import { describeWithPulumi } from "./withPulumi";

describeWithPulumi("a stack whose prerequisites are azure-native's", (pulumi) => {
  let emulator: Emulator;
  let opened: OpenStack;
  beforeAll(async () => {
    emulator = await startEmulator({ speed: 500 });
    opened = await openExample("azureNativePrerequisites", { emulator, pulumiCommand: await pulumi() });
  });
  afterAll(async () => {
    await opened.close();
    await emulator.stop();
  });

  it("comes up protected, with a backup instance as the only resource of this package", async () => {
    const { outputs } = await opened.stack.up();
    expect(outputs.protectionState?.value).toBe("ProtectionConfigured");
    const { deployment } = await opened.stack.exportStack();
    const types = (deployment.resources as { type: string }[]).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("pulumi-nodejs:dynamic/"))).toEqual([
      "pulumi-nodejs:dynamic/azure-dataprotection:BackupInstance",
    ]);
  });

  it("has nothing to do the second time", async () => {
    const { summary } = await opened.stack.up();
    expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
  });

  it("is destroyed without an error, and leaves the vault with the deleted backup", async () => {
    const messages = await messagesOf((options) => opened.stack.destroy(options));
    expect(messages.filter(({ severity }) => severity === "error")).toEqual([]);
    const left = emulator.remainingResourceIds().map((id) => id.split("/").at(-2));
    expect([...new Set(left)].toSorted()).toEqual([
      "backupPolicies",
      "backupVaults",
      "deletedBackupInstances",
      "resourceGroups",
    ]);
  });
});
