import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { EngineEvent, OpMap, PulumiCommand, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { openStack } from "../engine/stack";
import type { OpenStack } from "../engine/stack";
import type { Estate, EstateOptions } from "./estate";
import type { FastClock } from "./fastClock";
import { fastTime } from "./fastClock";
import { settingsVariable } from "./hostProbe";
import type { HostNote, HostProbeSettings } from "./hostProbe";
import { startRemoteEmulator } from "./remoteEmulator";
import type { RemoteEmulator } from "./remoteEmulator";

/** What all stages have in common. */
export interface StageSettings {
  pulumiCommand: PulumiCommand;
  /** How many times as fast as the service's time goes, see `docs/performance.md`. */
  factor: number;
  signal: AbortSignal;
}

/** What a stage is set up with. */
export interface StageOptions {
  estate: EstateOptions;
  program: (estate: Estate) => PulumiFn;
}

/** A stack on an emulator of its own. */
export interface Stage {
  stack: Stack;
  emulator: RemoteEmulator;
  clock: FastClock;
  /** Opens another stack on the same emulator. */
  openOther(program: (estate: Estate) => PulumiFn): Promise<OpenStack>;
  /** What the host of dynamic resources of the last command noted; instants are the machine's. */
  hostNote: () => HostNote;
  /** Ends the command that it is given to. A new one each time: the SDK never takes its listener off a signal again. */
  readonly signal: AbortSignal;
}

const packageFolder = path.resolve(__dirname, "../../..");

/** Opens a stage, has something done on it, and takes it down again. */
export async function onStage<Result>(
  { pulumiCommand, factor, signal }: StageSettings,
  { estate, program }: StageOptions,
  act: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const clock: FastClock = { factor, startedAt: Date.now() };
  const noteFile = path.join(folder, "host.json");
  const probe: HostProbeSettings = { noteFile, clock };
  const emulator = await startRemoteEmulator({ clock, estate, enforceThrottling: true });
  const open = (opened: (estate: Estate) => PulumiFn, projectName: string): Promise<OpenStack> =>
    openStack({
      emulator,
      pulumiCommand,
      stackName: "bench",
      projectName,
      program: opened(emulator.estate),
      programFolder: packageFolder,
      folder,
      environment: {
        NODE_OPTIONS: `--require=${path.join(__dirname, "hostProbe.js")}`,
        [settingsVariable]: JSON.stringify(probe),
      },
    });
  try {
    const opened = await open(program, "bench");
    return await act({
      stack: opened.stack,
      emulator,
      clock,
      openOther: (other) => open(other, "other"),
      hostNote: () => JSON.parse(readFileSync(noteFile, "utf8")) as HostNote,
      get signal() {
        return AbortSignal.any([signal]);
      },
    });
  } finally {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What the engine said about a resource, and when on the clock. */
export interface ResourceMoment {
  id: string;
  type: string;
  at: number;
}

/** What the engine did in one command, and when on the clock. */
export interface EngineMoments {
  calledAt: number;
  begun: ResourceMoment[];
  done: ResourceMoment[];
  /** When it had summed up, and how many resources it did what to. */
  summedUpAt: number;
  changes: OpMap;
}

/** Runs a command of the engine, and notes when its events come. */
export async function observe(
  clock: FastClock,
  command: (options: { onEvent: (event: EngineEvent) => void }) => Promise<unknown>,
): Promise<EngineMoments> {
  const moments: EngineMoments = {
    calledAt: fastTime(clock),
    begun: [],
    done: [],
    summedUpAt: NaN,
    changes: {},
  };
  await command({
    onEvent: ({ resourcePreEvent, resOutputsEvent, summaryEvent }) => {
      const at = fastTime(clock);
      if (resourcePreEvent) {
        const { type, new: planned } = resourcePreEvent.metadata;
        moments.begun.push({ id: planned?.id ?? "", type, at });
      }
      if (resOutputsEvent) {
        const { type, new: made } = resOutputsEvent.metadata;
        moments.done.push({ id: made?.id ?? "", type, at });
      }
      if (summaryEvent) {
        moments.summedUpAt = at;
        moments.changes = summaryEvent.resourceChanges;
      }
    },
  });
  return moments;
}
