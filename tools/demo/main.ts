import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { startEmulator } from "../../emulator/index";
import { getPulumiCommand } from "../engine/pulumiCli/index";
import { programFromModule } from "../engine/programFromModule";
import { openStack } from "../engine/stack";
import { interruptionSignal } from "./interruption";
import { tell } from "./story";
import type { Outcome } from "./story";
import { table } from "./table";

const speed = 20;
const builtFolder = path.resolve(__dirname, "../..");
const interruption = interruptionSignal();

/** Runs the quick start against the emulator; resolves to the exit code. */
async function main(): Promise<number> {
  const pulumiCommand = await getPulumiCommand({ onProgress: console.log });
  const logFolder = mkdtempSync(path.join(tmpdir(), "azure-backup-demo-"));
  const emulator = await startEmulator({ speed, folder: logFolder });
  console.log(`Azure Resource Manager, emulated at ${emulator.url}, ${speed} times as fast as the real one`);
  try {
    const opened = await openStack({
      emulator,
      pulumiCommand,
      stackName: "demo",
      projectName: "quick-start",
      program: programFromModule(path.join(builtFolder, "examples", "quickStart", "index.js")),
      programFolder: path.dirname(builtFolder),
    });
    try {
      const outcome = await tell(opened.stack, emulator, {
        heading: (text) => console.log(`\n== ${text}\n`),
        onOutput: (text) => void process.stdout.write(text),
        color: process.stdout.isTTY ? "always" : "never",
        signal: interruption,
      });
      return report(outcome);
    } finally {
      await opened.close();
    }
  } finally {
    await emulator.stop();
    console.log(`Every request and answer: ${emulator.logFile}`);
  }
}

/** Prints what was found; the exit code is 0 only when all was as it should be. */
function report({ measurements, problems }: Outcome): number {
  console.log(`\n== At the end of the first update, ${speed} times as fast as the service\n`);
  const rows = measurements.map(({ datasource, kind, state, seconds, requests }) => [
    datasource,
    kind,
    state,
    seconds.toFixed(1),
    String(requests),
  ]);
  console.log(`${table(["DATASOURCE", "KIND", "STATE", "SECONDS", "REQUESTS"], rows)}\n`);
  if (problems.length > 0) {
    problems.forEach((problem) => console.error(`Not as it should be: ${problem}`));
    return 1;
  }
  console.log("All were protected, the second update had nothing to do, and nothing is left.");
  return 0;
}

main().then(
  (exitCode) => (process.exitCode = exitCode),
  (error: Error) => {
    console.error(
      `The demo did not come to its end: ${interruption.aborted ? "interrupted" : error.message}`,
    );
    process.exitCode = interruption.aborted ? 130 : 1;
  },
);
