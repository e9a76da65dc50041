#!/usr/bin/env node
import { run as runEmulator } from "../emulator/run";
import { run as runImport } from "../import/run";

/** What each word after the command's name runs, with the words after it; resolves to the exit code. */
const commands: Record<string, (words: readonly string[]) => Promise<number>> = {
  import: runImport,
  emulator: runEmulator,
};

const usage = `Usage: pulumi-azure-dataprotection COMMAND [options]

  import    brings existing backup instances under Pulumi
  emulator  runs Azure Resource Manager for backup on this machine, for tests

COMMAND --help tells the options.
`;

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
  return run(words);
}

void main(process.argv.slice(2)).then((exitCode) => (process.exitCode = exitCode));
