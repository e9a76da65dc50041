import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { writeLauncher } from "../../emulator/azureNative/launcher";
import type { OpenStack } from "../../tools/engine/stack";

/** Runs `pulumi import` as people do: the Automation API's own does not know entries with `outputs`. */
export async function pulumiImport(
  { command }: PulumiCommand,
  { stack, folder }: OpenStack,
  importFile: string,
): Promise<void> {
  const plugins = path.join(folder, "language");
  await writeLauncher(plugins, "pulumi-language-nodejs", path.join(__dirname, "languageHostStandIn.js"));
  const { workDir, pulumiHome = "", envVars } = stack.workspace;
  const words = ["import", "-f", importFile, "--generate-code=false", "--protect=false", "--yes"];
  const searched = [plugins, process.env.PATH].join(path.delimiter);
  await promisify(execFile)(command, [...words, "--stack", stack.name, "--non-interactive"], {
    cwd: workDir,
    env: { ...process.env, ...envVars, PULUMI_HOME: pulumiHome, PATH: searched },
  });
}
