import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

/** How one command is run. */
export interface RunOptions {
  /** The working folder; the caller's own by default. */
  folder?: string;
  /** Variables on top of the caller's own. */
  environment?: Record<string, string>;
  /** The command and its children are ended after this time. */
  limitInSeconds: number;
  /** Ends the command and its children; the abort's reason becomes the error. */
  signal?: AbortSignal;
}

/** What a command that ran to its end left. */
export interface RunResult {
  exitCode: number;
  output: string;
  errorOutput: string;
}

/** The command was not found on PATH, or the file named is not there. */
export class CommandNotFoundError extends Error {}

/** The person at the keyboard (or a supervisor) ended us while a command ran: nothing else should be tried. */
export class InterruptedError extends Error {}

/**
 * Runs a command to its end and gives its exit code and its output.
 *
 * The command leads a process group of its own, so that its children (a shell's `curl`, Go's compilers) end with it: at
 * the time limit, at the abort of `signal`, and when this process is asked to end.
 *
 * @throws {@link CommandNotFoundError}, {@link InterruptedError}, or an `Error` that names the limit.
 */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<RunResult> {
  const child = spawn(command, args, {
    cwd: options.folder,
    env: { ...process.env, ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  const output = collect(child.stdout);
  const errorOutput = collect(child.stderr);

  return new Promise((resolve, reject) => {
    const giveUp = (error: Error): void => {
      endGroup(child);
      settle(() => reject(error));
    };
    const limit = setTimeout(
      () => giveUp(new Error(`${command} was ended after ${options.limitInSeconds} s`)),
      options.limitInSeconds * 1000,
    );
    const onAbort = (): void => giveUp(asError(options.signal?.reason));
    const onSignal = (signal: NodeJS.Signals): void => {
      giveUp(new InterruptedError(`${command} was interrupted (${signal})`));
      if (process.listenerCount(signal) === 0) {
        process.kill(process.pid, signal);
      }
    };
    const settle = (finish: () => void): void => {
      clearTimeout(limit);
      options.signal?.removeEventListener("abort", onAbort);
      process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
      finish();
    };

    options.signal?.addEventListener("abort", onAbort, { once: true });
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    child.once("error", (error: NodeJS.ErrnoException) =>
      settle(() =>
        reject(error.code === "ENOENT" ? new CommandNotFoundError(`${command} was not found`) : error),
      ),
    );
    child.once("close", (exitCode, signal) =>
      settle(() =>
        exitCode === null
          ? reject(new Error(`${command} was ended by ${signal}`))
          : resolve({ exitCode, output: output(), errorOutput: errorOutput() }),
      ),
    );
  });
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) {
    return;
  }
  if (process.platform === "win32") {
    child.kill();
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
