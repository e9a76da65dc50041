import { PulumiCommand } from "@pulumi/pulumi/automation";
import { findCli } from "./findCli";
import { fromCache } from "./fromCache";
import { fromDownload } from "./fromDownload";
import { fromGoModules } from "./fromGoModules";
import { fromPath } from "./fromPath";
import { thisMachine } from "./machine";
import type { FoundCli } from "./way";

export { NoPulumiCliError } from "./findCli";
export type { FoundCli } from "./way";

/** Settings of {@link getPulumiCommand}. */
export interface GetPulumiCommandOptions {
  /** Gets every line of progress, without a line break; by default it goes to standard error. */
  onProgress?: (line: string) => void;
}

/**
 * A Pulumi CLI, wherever it comes from: PATH, the user's cache folder, the official download, or a build from its Go
 * modules, in this order. A download or a build is kept in the cache folder, so it happens once a machine.
 *
 * @throws NoPulumiCliError when none of the ways led to a CLI; its message lists them with their reasons.
 */
export async function getPulumiCommand(options: GetPulumiCommandOptions = {}): Promise<PulumiCommand> {
  const { root } = await findPulumiCli(options);
  return PulumiCommand.get(root ? { root } : {});
}

/** As {@link getPulumiCommand}, but only where the CLI is, for another process to use. */
export async function findPulumiCli({
  onProgress = (line) => void process.stderr.write(`${line}\n`),
}: GetPulumiCommandOptions = {}): Promise<FoundCli> {
  const report = (line: string): void => onProgress(`Pulumi CLI: ${line}`);
  const found = await findCli(thisMachine(), [fromPath, fromCache, fromDownload, fromGoModules], report);
  report(`using v${found.version} ${found.root ? `in ${found.root}` : "on PATH"}`);
  return found;
}
