import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";

/**
 * Runs npm under the Node that runs now, as a person would in `folder`: without the settings that an `npm test` above
 * hands down.
 *
 * @returns what it printed on standard output.
 * @throws an `Error` with all that it printed when it fails.
 */
export async function npm(folder: string, ...args: string[]): Promise<string> {
  const npmMain = process.env.npm_execpath;
  const [command, first] = npmMain?.endsWith(".js") ? [process.execPath, [npmMain]] : ["npm", []];
  const env = withoutNpmSettings(process.env);
  try {
    const { stdout } = await promisify(execFile)(command, [...first, ...args], { cwd: folder, env });
    return stdout;
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`npm ${args[0]} in ${path.basename(folder)}: ${message}\n${stdout}\n${stderr}`, {
      cause: error,
    });
  }
}

/** The variables without those that an `npm test` above hands down. */
export function withoutNpmSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const handedDown = /^npm_(config|package|lifecycle|command)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !handedDown.test(name)));
}
