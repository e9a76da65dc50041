#!/usr/bin/env node
import { run as runEmulator } from "./emulator/run";
import { run as runImport } from "./import/run";
import { UsageError } from "./options";

/** What each word after the command's name runs, with the words after it. */
const commands: Record<string, (words: readonly string[]) => Promise<void>> = {
  import: runImport,
  emulator: runEmulator,
};

const usage = `Usage: pulumi-azure-dataprotection COMMAND [options]

  import    brings existing backup instances under Pulumi
  emulator  runs Azure Resource Manager for backup on this machine, for tests

COMMAND --help tells the options.
`;

/** Whatever goes wrong is one message; resolves to the exit code: 0, 1 for a failure, 2 for a mistake on the command line. */
async function main([name = "", ...words]: readonly string[]): Promise<number> {
  if (name === "--help") {
    process.stdout.write(usage);
    return 0;
  }
  const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (run === undefined) {
    const given = name === "" ? "no command was given" : `"${name}" was given`;
    console.error(`the commands are ${Object.keys(commands).join(" and ")}, and ${given}; --help tells more`);
    return 2;
  }
  try {
    await run(words);
    return 0;
  } catch (error) {
    const { message } = error as Error;
    const isUsage = error instanceof UsageError;
    console.error(isUsage ? `${message}; ${name} --help lists the options` : message);
    return isUsage ? 2 : 1;
  }
}

void main(process.argv.slice(2)).then((exitCode) => (process.exitCode = exitCode));
