import type { UpResult } from "@pulumi/pulumi/automation";
import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { OpenStack } from "../../tools/engine/stack";
import { openExample } from "./example";
import { describeWithPulumi } from "./withPulumi";

describeWithPulumi("a policy that is changed while it is in use", (pulumi) => {
  let emulator: Emulator;
  let opened: OpenStack;
  let instanceId: unknown;

  beforeAll(async () => {
    emulator = await startEmulator({ speed: 500 });
    opened = await openExample("policyChange", { emulator, pulumiCommand: await pulumi() });
    instanceId = (await opened.stack.up()).outputs.backupInstanceId?.value;
  });
  afterAll(async () => {
    await opened.close();
    await emulator.stop();
  });

  const upWith = async (keep: string): Promise<UpResult> => {
    await opened.stack.setConfig("keep", { value: keep });
    return opened.stack.up();
  };
  const policyIds = (): string[] =>
    emulator.remainingResourceIds().filter((id) => id.includes("/backupPolicies/"));

  it("gives way to a new one, the instance is bound to that in place, and the old one goes", async () => {
    const { outputs, summary } = await upWith("30 days");
    expect(summary.resourceChanges).toMatchObject({ replace: 1, update: 1 });
    expect(outputs).toMatchObject({
      backupInstanceId: { value: instanceId },
      protectionState: { value: "ProtectionConfigured" },
    });
    expect(policyIds()).toEqual([outputs.policyId?.value]);
    const deletions = emulator.exchanges.filter(({ method }) => method === "DELETE");
    expect(deletions.map(({ url }) => /backup[A-Z]\w+(?=\/[^/]*$)/.exec(url.split("?")[0]!)?.[0])).toEqual([
      "backupPolicies",
    ]);
  });

  it("stays while an instance could not be bound to the new one, and goes with the next update", async () => {
    emulator.control.injectFault({
      match: { method: "PUT", path: /\/backupInstances\/[^/]*$/ },
      fault: { status: 400, body: { error: { code: "UserErrorSomething", message: "Not now." } } },
    });
    await expect(upWith("40 days")).rejects.toThrow(/UserErrorSomething/);
    expect(policyIds()).toHaveLength(2);
    const { outputs } = await opened.stack.up();
    expect(outputs.backupInstanceId?.value).toBe(instanceId);
    expect(policyIds()).toEqual([outputs.policyId?.value]);
  });

  it("comes back under its first name when it is changed back", async () => {
    const before = policyIds();
    await upWith("41 days");
    await upWith("40 days");
    expect(policyIds()).toEqual(before);
  });
});
