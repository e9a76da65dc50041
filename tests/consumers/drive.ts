import { fork } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import type { ConfigMap, OpMap, OutputMap } from "@pulumi/pulumi/automation";
import type { StackSettings } from "../../emulator/stackSettings";

/** One operation of the stack `dev`, run in a process of its own as the CLI does it. */
export interface DriveRequest {
  operation: "up" | "destroy";
  /** The folder whose `bin/pulumi` is the CLI; empty for the one on PATH. */
  cliRoot: string;
  settings: StackSettings;
  config: ConfigMap;
  /** The JavaScript that is the program; `settings.projectSettings.main` is its project's folder. */
  programFile: string;
}

/** What came of it. */
export interface DriveResult {
  changes: OpMap;
  /** None when the stack was destroyed. */
  outputs?: OutputMap;
}

/** Has `driver.mjs` run an operation with the consumer's own copy of the SDK. */
export async function drive(request: DriveRequest): Promise<DriveResult> {
  const child = fork(path.join(__dirname, "driver.mjs"), {
    cwd: request.settings.projectSettings.main,
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const printed: string[] = [];
  child.stdout?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  let answer: { result?: DriveResult; error?: string } = {};
  child.on("message", (message) => (answer = message as typeof answer));
  child.send(request);
  await once(child, "exit");
  if (!answer.result) {
    throw new Error(`pulumi ${request.operation}: ${answer.error ?? "no answer"}\n${printed.join("")}`);
  }
  return answer.result;
}
