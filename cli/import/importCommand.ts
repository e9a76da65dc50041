import * as fs from "node:fs";
import { readDeadline } from "../../provider/host/session";
import { openAzure } from "../azure";
import { judge } from "./candidate";
import type { ImportedInstance, SkippedInstance } from "./candidate";
import { parseCommandLine, usage } from "./commandLine";
import type { CommandLine } from "./commandLine";
import { declarationsOf } from "./declarations";
import { importFileOf } from "./importFile";
import { describeNextSteps, describeOutcome } from "./report";
import type { Outcome } from "./report";
import { chooseInstances, nameOfUnread, readVault } from "./vaultContents";

/**
 * Reads the instances of a vault and writes the two files.
 *
 * @param words - The command line behind the command's name.
 * @param print - Takes each text for people, as soon as it is known.
 * @throws An error that says what to do; then no file was written, or it names the one that could not be.
 */
export async function runImport(words: readonly string[], print: (text: string) => void): Promise<void> {
  const commandLine = parseCommandLine(words);
  if (commandLine === "help") {
    print(usage.trimEnd());
    return;
  }
  const { importFile, programFile } = commandLine;
  [importFile, programFile].forEach(refuseToOverwrite);
  const outcome = await readInstances(commandLine);
  print(describeOutcome(outcome));
  if (outcome.imported.length === 0) {
    throw new Error(`nothing of vault ${commandLine.vaultId} can be imported; the lines above say why`);
  }
  write(importFile, importFileOf(outcome.imported));
  write(programFile, declarationsOf(outcome.imported));
  print(`\n${describeNextSteps(commandLine, outcome.imported.length)}`);
}

async function readInstances({ vaultId, instanceNames }: CommandLine): Promise<Outcome> {
  const azure = await openAzure();
  const contents = await readVault(azure.service, vaultId, readDeadline(azure));
  const { live, unread } = chooseInstances(contents, instanceNames);
  const judged = live.map((instance) => judge(vaultId, instance));
  return {
    imported: judged.filter((one): one is ImportedInstance => "declaration" in one),
    skipped: [
      ...judged.filter((one): one is SkippedInstance => "reason" in one),
      ...unread.map((instance) => ({
        instanceName: nameOfUnread(instance),
        reason: `this version does not understand how the service shows it: ${instance.problem}`,
      })),
    ],
    softDeleted: instanceNames.length > 0 ? [] : contents.softDeleted,
  };
}

/** Before any request: the declarations of an earlier import may have been worked on since. */
function refuseToOverwrite(file: string): void {
  if (fs.existsSync(file)) {
    throw new Error(
      `writing ${file}: it exists already; remove it, or give other names with --out and --program`,
    );
  }
}

function write(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(`writing ${file}: ${reason}; give a file that can be written`, { cause: error });
  }
}
