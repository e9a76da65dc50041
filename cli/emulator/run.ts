import { parseCommandLine, usage } from "./commandLine";
import type { CommandLine } from "./commandLine";
import { controlTokenHeader } from "../../emulator/control/httpControl";
import { startEmulator } from "../../emulator/index";
import type { Emulator } from "../../emulator/index";

const idleCheckInMs = 1_000;

/**
 * Runs an emulator as a command, until a signal or a long silence stops it; returns once it listens.
 *
 * @throws An error that says why it could not start, `UsageError` for a mistake on the command line.
 */
export async function run(words: readonly string[]): Promise<void> {
  const commandLine = parseCommandLine(words);
  if (commandLine === "help") {
    console.error(usage);
    return;
  }
  const emulator = await startEmulator(commandLine).catch((error: NodeJS.ErrnoException) => {
    const isBusy = error.code === "EADDRINUSE";
    throw isBusy
      ? new Error("The port is taken by another process; choose another with --port N.", { cause: error })
      : error;
  });
  stopOnSignal(emulator);
  stopWhenIdle(emulator, commandLine);
  for (const [name, value] of Object.entries(emulator.environment)) {
    console.log(`${name}=${value}`);
  }
  console.error(
    `This is an emulator, not Azure: ${emulator.url}, ${commandLine.speed} times the service's pace.`,
  );
  console.error(`Request log: ${emulator.logFile}`);
  console.error(
    `Control: POST ${emulator.url}/_emulator/<command> with the header ${controlTokenHeader}: ${emulator.controlToken}`,
  );
  console.error("Ctrl-C stops it.");
}

function stopOnSignal(emulator: Emulator): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void emulator.stop().then(() => process.exit(0)));
  }
}

function stopWhenIdle(emulator: Emulator, { idleTimeoutInMinutes }: CommandLine): void {
  let seen = 0;
  let lastSeenAt = Date.now();
  const timer = setInterval(() => {
    if (emulator.exchanges.length !== seen) {
      seen = emulator.exchanges.length;
      lastSeenAt = Date.now();
    } else if (Date.now() - lastSeenAt >= idleTimeoutInMinutes * 60_000) {
      console.error(`No request for ${idleTimeoutInMinutes} minutes: stopping.`);
      clearInterval(timer);
      void emulator.stop();
    }
  }, idleCheckInMs);
  timer.unref();
}
