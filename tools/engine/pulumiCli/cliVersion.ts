import { parse } from "semver";
import type { Machine } from "./machine";

const limitInSeconds = 30;

/**
 * Runs `<command> version` and gives what it says, without the leading "v".
 *
 * @throws CommandNotFoundError, or an `Error` that quotes the answer when it is no version.
 */
export async function cliVersion(machine: Machine, command: string): Promise<string> {
  const { exitCode, output, errorOutput } = await machine.run(command, ["version"], {
    environment: { PULUMI_SKIP_UPDATE_CHECK: "true" },
    limitInSeconds,
  });
  const version = parse(output.trim());
  if (exitCode !== 0 || !version) {
    const answer = (errorOutput || output).trim().split("\n")[0] ?? "";
    throw new Error(`"${command} version" ended with exit code ${exitCode} and said "${answer}"`);
  }
  return version.version;
}

/** As {@link cliVersion}, for a CLI that must be of exactly that version. */
export async function verifyCli(machine: Machine, command: string, version: string): Promise<void> {
  const found = await cliVersion(machine, command);
  if (found !== version) {
    throw new Error(`"${command} version" said ${found}, expected ${version}`);
  }
}
