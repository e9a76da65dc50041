import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isObject } from "./arm/requestBody";
import type { AdjustableClock } from "./clock";
import type { Cloud, CloudState } from "./cloud";

const version = 1;

/** What a state file holds. No secret is in it: tokens, keys and signatures die with the process. */
interface StateFile {
  version: typeof version;
  clockOffsetInMs: number;
  cloud: CloudState;
}

/** Puts the cloud into the state of the file, if there is one; what fell due meanwhile happens at the first request. */
export function loadState(file: string, cloud: Cloud, clock: AdjustableClock): void {
  if (!existsSync(file)) {
    return;
  }
  const state = parse(file);
  clock.advance(state.clockOffsetInMs);
  cloud.restore(state.cloud);
}

export function saveState(file: string, cloud: Cloud, clock: AdjustableClock): void {
  const state: StateFile = { version, clockOffsetInMs: clock.offsetInMs, cloud: cloud.snapshot() };
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, JSON.stringify(state), { mode: 0o600 });
  renameSync(unfinished, file);
}

function parse(file: string): StateFile {
  try {
    const state = JSON.parse(readFileSync(file, "utf8")) as unknown;
    if (isObject(state) && state["version"] === version && isObject(state["cloud"])) {
      return state as unknown as StateFile;
    }
  } catch (error) {
    throw new Error(`The state file ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  throw new Error(`The state file ${file} was not written by this version of the emulator.`);
}
