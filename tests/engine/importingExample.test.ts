import * as path from "node:path";
import type { OpenStack } from "../../tools/engine/stack";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { Estate } from "../wire/estate";
import { openExample } from "./example";
import { createAsOtherToolsDo } from "./otherTools";
import { describeWithPulumi } from "./withPulumi";

describeWithPulumi("the example importing", (pulumi) => {
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

  it("takes over an instance that the portal made, and leaves it when the stack goes", async () => {
    await estate.grant("diskReader", "snapshotContributor", "accountContributor");
    emulator.control.advance(60_000);
    const [instanceId = ""] = await createAsOtherToolsDo(estate, emulator.control);
    const before = emulator.remainingResourceIds();
    const { vaultId, policyIds, diskId, snapshotResourceGroupId } = estate;
    const instanceName = path.posix.basename(instanceId);
    const config = { vaultId, policyId: policyIds.disk, diskId, snapshotResourceGroupId, instanceName };
    opened = await openExample("importing", { emulator, pulumiCommand: await pulumi(), config });
    const { stack } = opened;

    const { outputs } = await stack.up();
    expect(outputs.protectionState?.value).toBe("ProtectionConfigured");
    expect(outputs.backupInstanceId?.value).toBe(instanceId);
    expect((await stack.up()).summary.resourceChanges).toEqual({ same: 2 });
    await stack.destroy();
    expect(emulator.remainingResourceIds()).toEqual(before);
  }, 120_000);
});
