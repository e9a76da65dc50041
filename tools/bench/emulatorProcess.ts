/** The emulator in a process of its own, so that it shares no thread with those who ask it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { startEmulator } from "../../emulator/index";
import type { Emulator } from "../../emulator/index";
import { buildEstate } from "./estate";
import type { Estate, EstateOptions } from "./estate";
import { evidenceOf } from "./evidence";
import type { Evidence, ServiceLoad } from "./evidence";
import { fastTime } from "./fastClock";
import type { FastClock } from "./fastClock";

/** How the process is to start its emulator: JSON, its only argument. */
export interface EmulatorProcessOptions {
  clock: FastClock;
  estate: EstateOptions;
  enforceThrottling: boolean;
}

/** What the process says, in answer to its start, and to each message that it gets. */
export type EmulatorMessage =
  | { kind: "started"; environment: Record<string, string>; estate: Estate }
  | { kind: "evidence"; evidence: Evidence }
  | { kind: "failed"; reason: string };

/** How long ago the estate was built: roles count by now. */
const estateAgeInMs = 3_600_000;

async function main(options: EmulatorProcessOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-emulator-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const estate = await buildInFile(options, folder);
    const emulator = await startEmulator({
      folder,
      stateFile: stateFileIn(folder),
      enforceThrottling: options.enforceThrottling,
      now: () => fastTime(options.clock),
    });
    answer(emulator, remove);
    say({ kind: "started", environment: { ...emulator.environment }, estate });
  } catch (error) {
    remove();
    throw error;
  }
}

const stateFileIn = (folder: string): string => join(folder, "state.json");

/** Another emulator builds the estate, so that nothing of it is in the exchanges or was taken out of the buckets. */
async function buildInFile({ clock, estate }: EmulatorProcessOptions, folder: string): Promise<Estate> {
  const builder = await startEmulator({
    folder,
    stateFile: stateFileIn(folder),
    now: () => fastTime(clock) - estateAgeInMs,
  });
  try {
    return await buildEstate(builder, estate);
  } finally {
    await builder.stop();
  }
}

/** `"evidence"` asks for it, `"stop"` ends the process, and so does the end of the one that started it. */
function answer(emulator: Emulator, remove: () => void): void {
  const loadSoFar = watchLoad();
  const stop = async (): Promise<void> => {
    await emulator.stop();
    remove();
    process.exit(0);
  };
  process.on("message", (message) => {
    if (message === "evidence") {
      say({ kind: "evidence", evidence: evidenceOf(emulator, loadSoFar()) });
    } else {
      void stop();
    }
  });
  process.once("disconnect", () => void stop());
  process.on("SIGINT", () => undefined); // Ctrl-C reaches all processes of a terminal; this one is stopped by its parent.
}

function watchLoad(): () => ServiceLoad {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const delays = monitorEventLoopDelay();
  delays.enable();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return {
      busyShare: (user + system) / 1000 / (performance.now() - startedAt),
      longestStallInMachineMs: delays.max / 1e6,
    };
  };
}

function say(message: EmulatorMessage): void {
  process.send?.(message);
}

main(JSON.parse(process.argv[2]!) as EmulatorProcessOptions).catch((error: Error) => {
  say({ kind: "failed", reason: error.stack ?? error.message });
  process.exitCode = 1;
  process.disconnect?.();
});
