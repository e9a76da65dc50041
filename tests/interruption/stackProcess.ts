import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { prepareStackSettings } from "../../emulator/stackSettings";
import type { StackSettingsOptions } from "../../emulator/stackSettings";
import { engineBelow, killBelow } from "./processes";
import type { EngineProcesses } from "./processes";

/** What {@link StackProcess.open} needs. */
export interface StackProcessOptions extends StackSettingsOptions {
  /** The folder whose `bin/pulumi` is the CLI; empty for the one on PATH. */
  cliRoot: string;
  /** The JavaScript that is the program. */
  programFile: string;
}

/** The operations of the Automation API's stack that run an engine. */
export type EngineMethod = "preview" | "up" | "refresh" | "destroy";

/** How an operation ended, and what the CLI printed. */
export interface Ending {
  isGreen: boolean;
  text: string;
}

interface Answer {
  result?: unknown;
  error?: string;
}

/** An operation of the engine that has been started. */
export class Operation {
  readonly ended: Promise<Ending>;
  readonly #parts = new EventEmitter();
  #output = "";

  /** @param answered - The answer of the stack's process. */
  constructor(answered: Promise<Answer>) {
    this.ended = answered.then(({ error }) => ({
      isGreen: error === undefined,
      text: error ?? this.#output,
    }));
  }

  hear(output: string): void {
    this.#output += output;
    this.#parts.emit("output");
  }

  /** Resolves when the CLI has printed the text. */
  async untilSays(text: string): Promise<void> {
    while (!this.#output.includes(text)) {
      await once(this.#parts, "output");
    }
  }
}

/** The stacks of one workspace, whose programs run in a process of their own. */
export class StackProcess {
  readonly #answers = new EventEmitter();
  #callCount = 0;
  #child: ChildProcess;
  #lastDeclared: Parameters<StackProcess["declare"]> | undefined;

  /** @param beginning - What a process is told first. */
  private constructor(
    private readonly beginning: object,
    private readonly folder: string,
  ) {
    this.#child = this.#fork();
  }

  static async open({ cliRoot, programFile, ...options }: StackProcessOptions): Promise<StackProcess> {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "pulumi-stack-"));
    const settings = await prepareStackSettings(options, folder);
    return new StackProcess({ settings, cliRoot, programFile }, folder);
  }

  /**
   * Has the next runs in a new process, as people who type the same again have them. Calls to an engine that was killed under
   * a program fail later, and in the same process the SDK (3.248, `automation/server.js`) blames the next program for it.
   */
  async renew(): Promise<void> {
    await this.#end();
    this.#child = this.#fork();
    if (this.#lastDeclared !== undefined) {
      await this.declare(...this.#lastDeclared);
    }
  }

  #fork(): ChildProcess {
    const child = fork(path.join(__dirname, "stackDriver.mjs"), { execArgv: [] });
    child.on("message", ({ callId, ...answer }: { callId: number; output?: string }) =>
      this.#answers.emit(`${answer.output === undefined ? "answer" : "output"} ${callId}`, answer),
    );
    child.send(this.beginning);
    return child;
  }

  async #end(): Promise<void> {
    const exited = once(this.#child, "exit");
    this.#child.kill();
    await exited;
  }

  /** Creates a stack with that configuration, or gives it to one that is there. */
  async declare(stackName: string, config: Record<string, string>): Promise<void> {
    this.#lastDeclared = [stackName, config];
    const values = Object.entries(config).map(([key, value]) => [key, { value }]);
    await this.call(stackName, "declare", Object.fromEntries(values));
  }

  /** Starts an operation of the engine. */
  start(stackName: string, method: EngineMethod, parameters?: object): Operation {
    const { callId, answered } = this.#send(stackName, method, parameters);
    const operation = new Operation(answered);
    this.#answers.on(`output ${callId}`, ({ output }: { output: string }) => operation.hear(output));
    return operation;
  }

  /** The engine that runs the operation now. */
  engine(): EngineProcesses {
    return engineBelow(this.#child.pid ?? 0);
  }

  /** Kills what still runs of any operation. */
  killEngines(): void {
    killBelow(this.#child.pid ?? 0);
  }

  /** Calls a method of the Automation API's stack. */
  async call(stackName: string, method: string, parameters?: object): Promise<unknown> {
    const { result, error } = await this.#send(stackName, method, parameters).answered;
    if (error !== undefined) {
      throw new Error(`${method} of stack ${stackName}: ${error}`);
    }
    return result;
  }

  async close(): Promise<void> {
    await this.#end();
    await fs.rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  #send(
    stackName: string,
    method: string,
    parameters?: object,
  ): { callId: number; answered: Promise<Answer> } {
    const callId = ++this.#callCount;
    const answered = once(this.#answers, `answer ${callId}`).then(([answer]) => answer as Answer);
    this.#child.send({ callId, stackName, method, parameters });
    return { callId, answered };
  }
}
