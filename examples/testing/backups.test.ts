import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { after, before, test } from "node:test";
import type { Stack } from "@pulumi/pulumi/automation";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type { Emulator } from "pulumi-azure-dataprotection/emulator";
import { prepareStackSettings, startEmulator } from "pulumi-azure-dataprotection/emulator";
import { backups } from "./backups";

let folder: string;
let emulator: Emulator;
let stack: Stack;

before(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), "team-"));
  emulator = await startEmulator({ speed: 1_000 });
  const options = { emulator, projectName: "team", programFolder: __dirname };
  stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName: "team", program: backups },
    await prepareStackSettings(options, folder),
  );
});
after(async () => {
  await emulator.stop();
  await fs.rm(folder, { recursive: true });
});

void test("the disk is protected, and a second update has nothing to do", async () => {
  const { outputs } = await stack.up();
  assert.equal(outputs.protectionState?.value, "ProtectionConfigured");
  assert.deepEqual(Object.keys((await stack.up()).summary.resourceChanges ?? {}), ["same"]);
});

void test("protection that somebody stops in the portal is resumed by the next update", async () => {
  const { backupInstanceId } = await stack.outputs();
  emulator.control.stopProtection(backupInstanceId?.value);
  assert.equal((await stack.preview()).changeSummary.update, 1);
  assert.equal((await stack.up()).outputs.protectionState?.value, "ProtectionConfigured");
});

void test("an update is red while the service cannot protect the disk, and says why", async () => {
  const { diskId, backupInstanceId } = await stack.outputs();
  const errorDetails = { code: "UserErrorDiskInUse", message: "The disk is being resized." };
  emulator.control.failProtection(diskId?.value, { errorDetails });
  emulator.control.breakProtection(backupInstanceId?.value);
  await assert.rejects(stack.up(), /UserErrorDiskInUse: The disk is being resized\./);

  emulator.control.healProtection(diskId?.value);
  assert.equal((await stack.up()).outputs.protectionState?.value, "ProtectionConfigured");
});
