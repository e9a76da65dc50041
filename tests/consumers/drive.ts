import { fork } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import type { ConfigMap, OpMap, OutputMap } from "@pulumi/pulumi/automation";
import type { StackSettings } from "../../emulator/stackSettings";

/** One operation of the stack `dev`, run in a process of its own as the CLI does it. */
export interface DriveRequest {
  operation: "preview" | "up" | "refresh" | "destroy";
  /** The folder whose `bin/pulumi` is the CLI; empty for the one on PATH. */
  cliRoot: string;
  settings: StackSettings;
  config: ConfigMap;
  /** The JavaScript that is the program; `settings.projectSettings.main` is its project's folder. */
  programFile: string;
  /** The operation's own options. */
  options?: { target?: string[] };
  /** After which the operation is ended, red. @default it may take as long as it likes */
  timeLimitInMs?: number;
}

/** Where the processes of an operation find their Node. */
export interface NodeBinary {
  /** The folder with the executable `node`. */
  binFolder: string;
}

/** What came of it. */
export interface DriveResult {
  changes: OpMap;
  /** None when the stack was destroyed. */
  outputs?: OutputMap;
}

/** An operation that ended red. */
export class RedOperation extends Error {
  constructor(
    message: string,
    /** The stack's outputs after it. */
    readonly outputs: OutputMap,
  ) {
    super(message);
  }
}

/**
 * Has `driver.mjs` run an operation with the consumer's own copy of the SDK, in the environment of the stack.
 *
 * @param node - With which Node; that of the tests, by default.
 * @throws RedOperation when it fails; its message holds all that was printed.
 */
export async function drive(request: DriveRequest, node?: NodeBinary): Promise<DriveResult> {
  const { settings } = request;
  const child = fork(path.join(__dirname, "driver.mjs"), {
    cwd: settings.projectSettings.main,
    env: { ...(node ? withNode(node) : process.env), ...settings.envVars },
    ...(node && { execPath: path.join(node.binFolder, "node") }),
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const printed: string[] = [];
  child.stdout?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  let answer: { result?: DriveResult; error?: string; outputs?: OutputMap } = {};
  child.on("message", (message) => (answer = message as typeof answer));
  child.send(request);
  await once(child, "exit");
  if (!answer.result) {
    const message = `pulumi ${request.operation}: ${answer.error ?? "no answer"}\n${printed.join("")}`;
    throw new RedOperation(message, answer.outputs ?? {});
  }
  return answer.result;
}

/** The variables of this process, with another Node for it and for all that it starts. */
export function withNode({ binFolder }: NodeBinary): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _nodeOptions, ...environment } = process.env;
  return { ...environment, PATH: [binFolder, process.env.PATH].join(path.delimiter) };
}
