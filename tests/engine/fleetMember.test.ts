import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { FleetSummary } from "../../components";
import { BackupFleet, SnapshotResourceGroup } from "../../components";
import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { OpenStack } from "../../tools/engine/stack";
import { openStack } from "../../tools/engine/stack";
import { Estate } from "../wire/estate";
import { describeWithPulumi } from "./withPulumi";

const repository = path.resolve(__dirname, "../..");

describeWithPulumi(
  "a fleet in which what is wrong with a member is known only to the host",
  (pulumiCommand) => {
    let emulator: Emulator;
    let estate: Estate;
    let opened: OpenStack;
    let container = "invoices";

    beforeAll(async () => {
      emulator = await startEmulator({ speed: 500 });
      estate = await Estate.build(emulator);
      opened = await openStack({
        emulator,
        pulumiCommand: await pulumiCommand(),
        stackName: "dev",
        programFolder: repository,
        program: async () => {
          const { vaultId, diskId, documentsId, filesId, policyIds } = estate;
          const vault = { id: vaultId, principalId: await estate.principalId(), location: "westeurope" };
          const snapshotResourceGroup = new SnapshotResourceGroup("snapshots", {
            vault,
            resourceGroupId: estate.snapshotResourceGroupId,
          });
          const fleet = new BackupFleet("estate", {
            vault,
            policies: {
              disk: policyIds.disk,
              blob: policyIds.blobOperational,
              vaultedBlob: policyIds.blobVaulted,
            },
            members: {
              disk: { diskId, snapshotResourceGroup },
              documents: { storageAccountId: documentsId, containers: pulumi.output([container]) },
              files: filesId,
            },
          });
          return { summary: fleet.summary };
        },
      });
    });
    afterAll(async () => {
      await opened.close();
      await emulator.stop();
    });

    const summary = async (): Promise<Record<keyof FleetSummary, string[]>> => {
      const { summary: known } = await opened.stack.outputs();
      const { protected: done, failed, skipped } = known?.value as FleetSummary;
      return {
        protected: Object.keys(done),
        failed: Object.entries(failed).map(([member, reason]) => `${member}: ${reason}`),
        skipped: Object.keys(skipped),
      };
    };
    const reason = expect.stringMatching(
      /^documents: datasource\.containers\[0\]: "No_Container" is no container/,
    );

    it("protects the others, and is red with that member's reason", async () => {
      container = "No_Container";
      await expect(opened.stack.preview()).rejects.toThrow(
        /documents: datasource\.containers\[0\]: "No_Container"/,
      );
      await expect(opened.stack.up()).rejects.toThrow(/1 of 3 members of fleet "estate" are not protected/);
      expect(await summary()).toEqual({ protected: ["disk", "files"], failed: [reason], skipped: [] });
    });

    it("protects it with the first update in which nothing is wrong", async () => {
      container = "invoices";
      await opened.stack.up();
      expect(await summary()).toMatchObject({ protected: ["disk", "documents", "files"], failed: [] });
    });

    it("leaves it protected when something is wrong with it later", async () => {
      container = "No_Container";
      await expect(opened.stack.up()).rejects.toThrow(/1 of 3 members/);
      expect(await summary()).toMatchObject({ protected: ["disk", "files"], failed: [reason] });
      expect(emulator.exchanges.filter(({ method }) => method === "DELETE")).toEqual([]);
      container = "invoices";
      await opened.stack.up();
      expect(await summary()).toMatchObject({ failed: [] });
      await opened.stack.destroy();
    });
  },
);
