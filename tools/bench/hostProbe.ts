/**
 * Loaded into every Node process below the Pulumi CLI (`NODE_OPTIONS=--require`): the host of dynamic resources notes here
 * how it does, and where the bench's clock runs faster than the machine's, so does the clock of these processes.
 */
import { writeFileSync } from "node:fs";
import { fastTime } from "./fastClock";
import type { FastClock } from "./fastClock";

/** What is noted about a host from when it listens; instants are milliseconds since the epoch on the machine's clock. */
export interface HostNote {
  startedAt: number;
  /** When it told the engine where it listens. */
  listeningAt: number;
  peakMemoryInBytes: number;
}

/** The variable that carries {@link HostProbeSettings} as JSON. */
export const settingsVariable = "BENCH_HOST_PROBE";

export interface HostProbeSettings {
  /** Where a host writes its {@link HostNote}. */
  noteFile: string;
  clock: FastClock;
}

const noteIntervalInMs = 250;

function observe(noteFile: string): void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = ((...written: Parameters<typeof write>) => {
    process.stdout.write = write;
    keepNoting(noteFile, performance.timeOrigin + performance.now());
    return write(...written);
  }) as typeof write;
}

function keepNoting(noteFile: string, listeningAt: number): void {
  const note = (): void => {
    const peakMemoryInBytes = process.resourceUsage().maxRSS * 1024;
    const written: HostNote = { startedAt: performance.timeOrigin, listeningAt, peakMemoryInBytes };
    writeFileSync(noteFile, JSON.stringify(written));
  };
  note();
  setInterval(note, noteIntervalInMs).unref();
  process.once("exit", note);
}

/** Timers end sooner and `Date` runs faster, so that whoever waits or reads the time is in the clock's time. */
function speedUp(clock: FastClock): void {
  const machineNow = Date.now.bind(Date);
  const MachineDate = Date;
  const now = (): number => fastTime(clock, machineNow());
  globalThis.Date = new Proxy(MachineDate, {
    construct: (target, given: []) =>
      new target(...(given.length === 0 ? ([now()] as unknown as []) : given)),
    apply: () => new MachineDate(now()).toString(),
    get: (target, name) => (name === "now" ? now : (Reflect.get(target, name) as unknown)),
  });
  for (const name of ["setTimeout", "setInterval"] as const) {
    const machineTimer = globalThis[name] as (...given: unknown[]) => NodeJS.Timeout;
    const faster = (callback: unknown, delayInMs = 0, ...given: unknown[]): NodeJS.Timeout =>
      machineTimer(callback, delayInMs / clock.factor, ...given);
    globalThis[name] = Object.assign(faster, machineTimer) as never;
  }
}

const settings = process.env[settingsVariable];
if (settings !== undefined) {
  const { noteFile, clock } = JSON.parse(settings) as HostProbeSettings;
  if (/cmd[\\/]dynamic-provider/.test(process.argv[1] ?? "")) {
    observe(noteFile);
  }
  if (clock.factor !== 1) {
    speedUp(clock);
  }
}
