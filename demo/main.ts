import * as path from "node:path";
import { startEmulator } from "../emulator/index";
import { getPulumiCommand } from "../engine/pulumiCli/index";
import { programFromModule } from "../engine/programFromModule";
import { openStack } from "../engine/stack";
import { tell } from "./story";
import { table } from "./table";

const speed = 20;
const builtFolder = path.resolve(__dirname, "..");
const interruption = new AbortController();

/** Runs the quick start against the emulator; resolves to the exit code. */
async function main(): Promise<number> {
  const pulumiCommand = await getPulumiCommand({ onProgress: console.log });
  const emulator = await startEmulator({ speed });
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
      const { measurements, problems } = await tell(opened.stack, emulator, {
        heading: (text) => console.log(`\n== ${text}\n`),
        onOutput: (text) => void process.stdout.write(text),
        color: process.stdout.isTTY ? "always" : "never",
        signal: interruption.signal,
      });
      console.log(`\n== At the end of the first update\n\n${table(measurements)}`);
      problems.forEach((problem) => console.error(`\nNot as it should be: ${problem}`));
      return problems.length === 0 ? 0 : 1;
    } finally {
      await opened.close();
    }
  } finally {
    await emulator.stop();
    console.log(`\nEvery request and answer: ${emulator.logFile}`);
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => interruption.abort());
}

main().then(
  (exitCode) => (process.exitCode = exitCode),
  (error: Error) => {
    const reason = interruption.signal.aborted ? "interrupted" : error.message.trim().split("\n").pop();
    console.error(`The demo did not come to its end: ${reason}`);
    process.exitCode = interruption.signal.aborted ? 130 : 1;
  },
);
