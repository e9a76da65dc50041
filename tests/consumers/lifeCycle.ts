import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { OutputMap } from "@pulumi/pulumi/automation";
import { startEmulator } from "../../emulator";
import { prepareStackSettings } from "../../emulator/stackSettings";
import { Estate } from "../wire/estate";
import { drive } from "./drive";
import type { DriveRequest, DriveResult, NodeBinary } from "./drive";
import { estateConfig } from "./estateConfig";

/** A program where a team has it, with all that it imports. */
export interface InstalledProgram {
  /** Its project's folder. */
  folder: string;
  /** The JavaScript in it that is run. */
  file: string;
}

/**
 * Brings a stack of the program up in an estate on an emulator of its own, sees that nothing is left to do then, and
 * destroys it, which must leave no trace.
 *
 * @param cliRoot - The folder whose `bin/pulumi` is the CLI; empty for the one on PATH.
 * @param node - With which Node; that of the tests, by default.
 * @returns the outputs of the first update.
 */
export async function deployAndDestroy(
  { folder, file }: InstalledProgram,
  cliRoot: string,
  node?: NodeBinary,
): Promise<OutputMap> {
  const stackFolder = await fs.mkdtemp(`${folder}-stack-`);
  const emulator = await startEmulator({ speed: 500 });
  try {
    const estate = await Estate.build(emulator);
    await estate.grant("diskReader", "snapshotContributor");
    const before = emulator.remainingResourceIds();
    const request = {
      cliRoot,
      settings: await prepareStackSettings({ emulator, programFolder: folder }, stackFolder),
      config: await estateConfig(estate),
      programFile: path.join(folder, file),
    };
    const run = (operation: DriveRequest["operation"]): Promise<DriveResult> =>
      drive({ operation, ...request }, node);

    const { outputs = {} } = await run("up");
    expect(Object.keys((await run("up")).changes)).toEqual(["same"]);
    await run("destroy");
    expect(emulator.remainingResourceIds()).toEqual(before);
    return outputs;
  } finally {
    await emulator.stop();
    await fs.rm(stackFolder, { recursive: true, force: true, maxRetries: 3 });
  }
}
