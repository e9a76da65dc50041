import * as os from "node:os";
import { run } from "./run";
import type { RunOptions, RunResult } from "./run";

/** What the ways to a CLI touch of the machine they run on; the tests give their own. */
export interface Machine {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  homeFolder: string;
  hostName: string;
  processId: number;
  run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult>;
  /** The HTTP status that `url` answers with; rejects when nothing answered within the limit. */
  httpStatus(url: string, limitInSeconds: number): Promise<number>;
  /** False only when no process with that id runs on this machine. */
  processIsAlive(processId: number): boolean;
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    environment: process.env,
    homeFolder: os.homedir(),
    hostName: os.hostname(),
    processId: process.pid,
    run,
    httpStatus,
    processIsAlive,
  };
}

async function httpStatus(url: string, limitInSeconds: number): Promise<number> {
  const response = await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(limitInSeconds * 1000) });
  return response.status;
}

function processIsAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
