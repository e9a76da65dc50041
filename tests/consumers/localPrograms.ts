import * as fs from "node:fs/promises";
import * as path from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type { PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { prepareStackSettings } from "../../emulator/stackSettings";
import { describeWithPulumi } from "../engine/withPulumi";
import { Estate } from "../wire/estate";
import type { Consumer } from "./installation";
import { estateConfig } from "./estateConfig";
import { languageHostFolder } from "./languageHost";
import { repository } from "./repositoryCopy";

/** Projects as people have them: a folder with Pulumi.yaml. */
const projects: [name: string, folderOf: (consumer: Consumer) => string][] = [
  ["this repository", ({ repositoryCopy }) => repositoryCopy],
  ["the example existingVault", ({ repositoryCopy }) => path.join(repositoryCopy, "examples/existingVault")],
  ["a consumer in JavaScript", ({ folder }) => path.join(folder, "javascript")],
  ["a consumer in ES modules", ({ folder }) => path.join(folder, "esModules")],
  ["a consumer in TypeScript", ({ folder }) => path.join(folder, "typescript")],
];

/** Tests of `pulumi up` without any help of the Automation API's inline programs; skipped where there is no language host. */
export function describeLanguageHost(consumer: () => Consumer): void {
  const title = "pulumi up in a project's folder";
  describeWithPulumi(title, (pulumi, cliRoot) => {
    const reason = "pulumi-language-nodejs is neither on PATH nor next to the CLI";
    if (languageHostFolder(cliRoot) === undefined) {
      process.stderr.write(`\nSKIPPED: ${title}, because ${reason}\n`);
      it.skip(`deploys (${reason})`, () => undefined);
      return;
    }
    beforeAll(async () => {
      // The language host compiles TypeScript with the compiler next to the SDK, and else with one of its own from 2020.
      const compiler = path.join(consumer().folder, "node_modules/typescript");
      await fs.symlink(path.join(repository, "node_modules/typescript"), compiler, "junction");
    });
    it.each(projects)(
      "%s comes up protected, has nothing to do the second time, and goes without a trace",
      async (_name, folderOf) => {
        await expectDeployment(folderOf(consumer()), await pulumi());
      },
      120_000,
    );
  });
}

async function expectDeployment(projectFolder: string, pulumiCommand: PulumiCommand): Promise<void> {
  const emulator = await startEmulator({ speed: 500 });
  try {
    const stack = await openLocalStack(projectFolder, pulumiCommand, emulator);
    const before = emulator.remainingResourceIds();

    const { outputs } = await stack.up();
    const states = Object.values(outputs).flatMap(({ value }) =>
      typeof value === "object" ? Object.values(value as object) : [value],
    );
    expect(states).toContain("ProtectionConfigured");

    expect(Object.keys((await stack.up()).summary.resourceChanges ?? {})).toEqual(["same"]);

    await stack.destroy();
    expect(emulator.remainingResourceIds()).toEqual(before);
  } finally {
    await emulator.stop();
  }
}

async function openLocalStack(
  projectFolder: string,
  pulumiCommand: PulumiCommand,
  emulator: Emulator,
): Promise<Stack> {
  const stackFolder = path.join(projectFolder, "stack");
  await fs.mkdir(stackFolder);
  const { projectSettings, ...settings } = await prepareStackSettings(
    { emulator, programFolder: projectFolder },
    stackFolder,
  );
  const plugins = JSON.stringify(projectSettings.plugins);
  await fs.appendFile(path.join(projectFolder, "Pulumi.yaml"), `plugins: ${plugins}\n`);
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "dev", workDir: projectFolder },
    { ...settings, workDir: projectFolder, pulumiCommand },
  );
  const estate = await Estate.build(emulator);
  await estate.grant("diskReader", "snapshotContributor");
  await stack.setAllConfig(await estateConfig(estate));
  return stack;
}
