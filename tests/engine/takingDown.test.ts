import path from "node:path";
import * as resources from "@pulumi/azure-native/resources";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { BackupVault, DiskBackup } from "../../components";
import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { OpenStack } from "../../tools/engine/stack";
import { openStack } from "../../tools/engine/stack";
import { Estate } from "../wire/estate";
import { signIn } from "../wire/signIn";
import { messagesOf } from "./messages";
import { describeWithPulumi } from "./withPulumi";

const repository = path.resolve(__dirname, "../..");
const location = "westeurope";
const retentionInDays = 14;
const dayInMs = 24 * 60 * 60 * 1000;

describeWithPulumi("taking a stack down whose vault has soft delete on", (pulumi) => {
  let emulator: Emulator;
  let estate: Estate;
  let opened: OpenStack;

  async function open(program: () => PulumiFn): Promise<void> {
    emulator = await startEmulator({ speed: 500 });
    estate = await Estate.build(emulator);
    opened = await openStack({
      emulator,
      pulumiCommand: await pulumi(),
      stackName: "dev",
      program: program(),
      programFolder: repository,
      config: { "azure-native:location": { value: location } },
    });
  }
  async function close(): Promise<void> {
    await opened.close();
    await emulator.stop();
  }

  const idOf = async (output: string): Promise<string> =>
    String((await opened.stack.outputs())[output]?.value);
  /** What the stack has in Azure, by the last type in its id and its name without the hash. */
  const remaining = (before: string[]): string[] =>
    emulator
      .remainingResourceIds()
      .filter((id) => !before.includes(id))
      .map((id) =>
        id
          .split("/")
          .slice(-2)
          .join("/")
          .replace(/-[0-9a-f]{8}(-.*)?$/, ""),
      );

  describe("and that is all in its own resource groups", () => {
    let before: string[];
    let vaultId: string;

    beforeAll(async () => {
      await open(() => async () => {
        const vault = new BackupVault("backups");
        const { diskId } = estate;
        const backup = new DiskBackup("data", { diskId, vault });
        return {
          vaultId: vault.id,
          backupInstanceId: backup.backupInstanceId,
          protectionState: backup.protectionState,
        };
      });
      before = emulator.remainingResourceIds();
      await opened.stack.up();
      vaultId = await idOf("vaultId");
    });
    afterAll(close);

    it("goes through, and names what stays and from when on nothing holds it", async () => {
      const told = await messagesOf((options) => opened.stack.destroy(options));
      const messages = told.map(({ message }) => message);
      const held = new RegExp(
        `^left Backup vault ${vaultId} in Azure: it is needed by soft-deleted backup instance \\S+/data-[-0-9a-f]+, which goes by ` +
          "itself on (\\S+)\\. The next `pulumi up` of this stack that declares it takes it over again\\. .* After (\\S+) nothing " +
          `needs it: \`az resource delete --ids ${vaultId}\` deletes it then\\.$`,
      );
      const [, date, sameDate] = messages.map((message) => held.exec(message)).find((match) => match) ?? [];
      expect(Date.parse(date ?? "")).toBeGreaterThan(Date.now() + (retentionInDays - 1) * dayInMs);
      expect(sameDate).toBe(date);
      expect(messages.filter((message) => message.startsWith("left resource group "))).toHaveLength(2);
      expect(told.filter(({ severity }) => severity === "error")).toEqual([]);
      const { deployment } = await opened.stack.exportStack();
      expect((deployment as { resources?: unknown[] }).resources ?? []).toHaveLength(0);
    });

    it("leaves the vault with its policies and the groups, and no role", () => {
      expect(remaining(before).toSorted()).toEqual(
        [
          "backupPolicies/blobs",
          "backupPolicies/dataLakes",
          "backupPolicies/disks",
          "backupPolicies/vaultedBlobs",
          "backupVaults/backups",
          "deletedBackupInstances/data",
          "resourceGroups/backups",
          "resourceGroups/data-snapshots",
        ].toSorted(),
      );
    });

    it("comes back: the next update takes over what was left and has the backup back", async () => {
      expect(await messagesOf((options) => opened.stack.up(options))).toContainEqual(
        expect.objectContaining({
          message: expect.stringMatching(/^recovered the soft-deleted instance with its/),
        }),
      );
      expect(await idOf("vaultId")).toBe(vaultId);
      expect(await idOf("protectionState")).toBe("ProtectionConfigured");
      expect((await opened.stack.up()).summary.resourceChanges).toEqual({ same: expect.any(Number) });
    });

    it("leaves nothing that could not be deleted from the date on", async () => {
      await opened.stack.destroy();
      const deletion = async (): Promise<unknown> =>
        (await signIn(emulator)).delete(vaultId, { params: { "api-version": "2025-07-01" } });
      await expect(deletion()).rejects.toThrow(/400/);
      emulator.control.advance(retentionInDays * dayInMs);
      await deletion();
      emulator.control.advance(dayInMs);
      expect(remaining(before)).toEqual(["resourceGroups/backups", "resourceGroups/data-snapshots"]);
    });
  });

  describe("and whose vault is in a resource group that the program declares", () => {
    beforeAll(async () => {
      await open(() => async () => {
        const group = new resources.ResourceGroup("own", { resourceGroupName: "own", location });
        const vault = new BackupVault("backups", { resourceGroupName: group.name });
        const backup = new DiskBackup("data", { diskId: estate.diskId, vault });
        return { vaultId: vault.id, protectionState: backup.protectionState };
      });
      await opened.stack.up();
    });
    afterAll(close);

    it("ends with Azure's refusal to delete that group, and comes back with the next update", async () => {
      const vaultId = await idOf("vaultId");
      await expect(opened.stack.destroy()).rejects.toThrow(/ResourceGroupDeletionBlocked/);
      await opened.stack.up();
      expect(await idOf("vaultId")).toBe(vaultId);
      expect(await idOf("protectionState")).toBe("ProtectionConfigured");
    });

    it("is destroyed for good once nothing is held any more", async () => {
      await expect(opened.stack.destroy()).rejects.toThrow(/ResourceGroupDeletionBlocked/);
      emulator.control.advance(retentionInDays * dayInMs);
      await opened.stack.destroy();
      expect(emulator.remainingResourceIds().filter((id) => id.includes("/own"))).toEqual([]);
    });
  });
});
