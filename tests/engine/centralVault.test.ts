import * as fs from "node:fs/promises";
import * as os from "node:os";
import path from "node:path";
import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { OpenStack } from "../../tools/engine/stack";
import { Estate } from "../wire/estate";
import { openExample } from "./example";
import { describeWithPulumi } from "./withPulumi";

const platformProject = "azure-dataprotection-central-vault-platform";

describeWithPulumi("a central vault that the stacks of two teams use", (pulumi) => {
  let emulator: Emulator;
  let estate: Estate;
  let backendFolder: string;
  const stacks = new Map<string, OpenStack>();

  async function open(
    stackName: string,
    program: string,
    projectName: string,
    config: Record<string, string>,
  ): Promise<void> {
    const pulumiCommand = await pulumi();
    const options = { emulator, pulumiCommand, stackName, projectName, backendFolder, config };
    stacks.set(stackName, await openExample(`centralVault/${program}`, options));
  }

  beforeAll(async () => {
    emulator = await startEmulator({ speed: 500 });
    estate = await Estate.build(emulator);
    backendFolder = await fs.mkdtemp(path.join(os.tmpdir(), "pulumi-backend-"));
    await open("platform", "platform", platformProject, {});
    const config = {
      platformStack: `organization/${platformProject}/platform`,
      snapshotResourceGroupId: estate.snapshotResourceGroupId,
    };
    await open("blue", "team", "blue-backups", config);
    await open("green", "team", "green-backups", config);
  });
  afterAll(async () => {
    for (const stack of stacks.values()) {
      await stack.close();
    }
    await fs.rm(backendFolder, { recursive: true, force: true });
    await emulator.stop();
  });

  const stackOf = (name: string): OpenStack["stack"] => stacks.get(name)!.stack;
  const rolesOnSnapshots = (): string[] =>
    emulator
      .remainingResourceIds()
      .filter((id) => id.startsWith(`${estate.snapshotResourceGroupId}/providers/Microsoft.Authorization/`));

  it("protects the disks of both, with one role assignment on the snapshot group that they share", async () => {
    await stackOf("platform").up();
    for (const team of ["blue", "green"]) {
      const { outputs } = await stackOf(team).up();
      expect(outputs.protectionState?.value).toBe("ProtectionConfigured");
    }
    expect(rolesOnSnapshots()).toHaveLength(1);
    for (const team of ["blue", "green"]) {
      expect((await stackOf(team).up()).summary.resourceChanges).toEqual({ same: expect.any(Number) });
    }
  });

  it("goes on protecting one team's disk, and keeps its role, when the other team is gone", async () => {
    await stackOf("blue").destroy();
    expect(rolesOnSnapshots()).toHaveLength(1);
    await stackOf("green").refresh();
    const { outputs, summary } = await stackOf("green").up();
    expect(outputs.protectionState?.value).toBe("ProtectionConfigured");
    expect(summary.resourceChanges).toEqual({ same: expect.any(Number) });
  });

  it("is left in Azure by the platform's destroy while a team's backup is in it, and found again", async () => {
    const vaultId = String((await stackOf("platform").outputs()).vaultId?.value);
    await stackOf("platform").destroy();
    expect(emulator.remainingResourceIds()).toContain(vaultId);
    const { outputs } = await stackOf("platform").up();
    expect(outputs.vaultId?.value).toBe(vaultId);
  });

  it("goes with its groups and roles when no team uses it any more", async () => {
    await stackOf("green").destroy();
    await stackOf("platform").destroy();
    expect(rolesOnSnapshots()).toEqual([]);
    expect(emulator.remainingResourceIds().filter((id) => /\/(central|team)/.test(id))).toEqual([]);
  });
});
