#!/usr/bin/env node
import { run as runBackup } from "./backup/run";
import { run as runEmulator } from "./emulator/run";
import { run as runImport } from "./import/run";
import { run as runJobs } from "./jobs/run";
import { UsageError } from "./options";
import { run as runRestore } from "./restore/run";
import { run as runStatus } from "./status/run";
import { UnhealthyError } from "./unhealthyError";

/** What each word after the command's name runs, with the words after it. */
const commands: Record<string, (words: readonly string[]) => Promise<void>> = {
  import: runImport,
  status: runStatus,
  jobs: runJobs,
  backup: runBackup,
  restore: runRestore,
  emulator: runEmulator,
};

const usage = `Usage: pulumi-azure-dataprotection COMMAND [options]

  import    brings existing backup instances under Pulumi
  status    tells how the backup instances of vaults are, and when each was backed up last
  jobs      lists and follows the backups and restores of a vault
  backup    makes a backup on demand, and waits until there is a recovery point of it
  restore   restores a disk to a new disk, containers to another account, or blobs in place
  emulator  runs Azure Resource Manager for backup on this machine, for tests

COMMAND --help tells the options.
`;

/**
 * Whatever goes wrong is one message; resolves to the exit code: 0, 1 for a failure, 2 for a mistake on the command line, 3 when
 * what was looked at is not well.
 */
async function main([name = "", ...words]: readonly string[]): Promise<number> {
  if (name === "--help") {
    process.stdout.write(usage);
    return 0;
  }
  const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (run === undefined) {
    const given = name === "" ? "no command was given" : `"${name}" was given`;
    console.error(`the commands are ${Object.keys(commands).join(", ")}, and ${given}; --help tells more`);
    return 2;
  }
  try {
    await run(words);
    return 0;
  } catch (error) {
    const { message } = error as Error;
    const isUsage = error instanceof UsageError;
    console.error(isUsage ? `${message}; ${name} --help lists the options` : message);
    return isUsage ? 2 : error instanceof UnhealthyError ? 3 : 1;
  }
}

void main(process.argv.slice(2)).then((exitCode) => (process.exitCode = exitCode));
