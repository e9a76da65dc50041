import { UsageError } from "../../cli/options";
import { interruptionSignal } from "../demo/interruption";
import { getPulumiCommand } from "../engine/pulumiCli/index";
import { runBench } from "./bench";
import { parseCommandLine, usage } from "./commandLine";
import { report, write } from "./report";

const interruption = interruptionSignal();

async function main(): Promise<void> {
  const commandLine = parseCommandLine(process.argv.slice(2));
  if (commandLine === "help") {
    console.log(usage);
    return;
  }
  const pulumiCommand = await getPulumiCommand({ onProgress: console.log });
  const figures = await runBench(commandLine, {
    pulumiCommand,
    factor: commandLine.factor,
    signal: interruption,
    onProgress: console.log,
  });
  console.log(`\n${report(figures)}\n`);
  console.log(`Written: ${write(figures, commandLine.output).join(", ")}`);
}

main().catch((error: Error) => {
  console.error(
    error instanceof UsageError
      ? `${error.message}; --help lists the options`
      : `The bench did not come to its end: ${interruption.aborted ? "interrupted" : error.message}`,
  );
  process.exitCode = error instanceof UsageError ? 2 : interruption.aborted ? 130 : 1;
});
