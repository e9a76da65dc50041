import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import type { EmulatorMessage, EmulatorProcessOptions } from "./emulatorProcess";
import type { Estate } from "./estate";
import type { Evidence } from "./evidence";

/** An emulator in another process, and what was put into it. */
export interface RemoteEmulator {
  /** The variables that make Azure tools take it for their cloud. */
  environment: Record<string, string>;
  estate: Estate;
  evidence(): Promise<Evidence>;
  stop(): Promise<void>;
}

export async function startRemoteEmulator(options: EmulatorProcessOptions): Promise<RemoteEmulator> {
  const child = fork(path.join(__dirname, "emulatorProcess.js"), [JSON.stringify(options)]);
  const started = await next(child, "started");
  return {
    environment: started.environment,
    estate: started.estate,
    evidence: async () => {
      child.send("evidence");
      return (await next(child, "evidence")).evidence;
    },
    stop: async () => {
      const exited = once(child, "exit");
      child.send("stop");
      await exited;
    },
  };
}

async function next<Kind extends EmulatorMessage["kind"]>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<EmulatorMessage, { kind: Kind }>> {
  const message = await new Promise<EmulatorMessage>((resolve) => {
    child.once("message", (said) => resolve(said as EmulatorMessage));
    child.once("exit", (code) => resolve({ kind: "failed", reason: `it ended with exit code ${code}` }));
  });
  if (message.kind !== kind) {
    throw new Error(`the emulator's process: ${message.kind === "failed" ? message.reason : message.kind}`);
  }
  return message as Extract<EmulatorMessage, { kind: Kind }>;
}
