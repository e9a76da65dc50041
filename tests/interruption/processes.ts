import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** A process as `ps` shows it. */
export interface RunningProcess {
  processId: number;
  parentId: number;
  /** The command with its arguments. */
  command: string;
}

/** The processes of an engine that runs an operation. */
export interface EngineProcesses {
  cli: RunningProcess;
  /** The process in which the provider's code runs. */
  dynamicHost: RunningProcess;
  /** These and all others that the CLI started. */
  all: RunningProcess[];
}

/**
 * Finds the one engine that a process has started. Parents are looked at and not process groups, since the engine makes
 * every plugin the leader of a group of its own.
 */
export function engineBelow(parentId: number): EngineProcesses {
  const running = list();
  const cli = theOne(below(parentId, running), /pulumi(\.exe)? (up|destroy|refresh|preview) /);
  const all = [cli, ...below(cli.processId, running)];
  return { cli, dynamicHost: theOne(all, /^\S*node\S* .*cmd\/dynamic-provider/), all };
}

/** Kills whatever a process has started that still runs. */
export function killBelow(parentId: number): void {
  below(parentId, list()).forEach(({ processId }) => process.kill(processId, "SIGKILL"));
}

function below(id: number, running: readonly RunningProcess[]): RunningProcess[] {
  return running
    .filter(({ parentId }) => parentId === id)
    .flatMap((process) => [process, ...below(process.processId, running)]);
}

/** Resolves when none of them runs any more. */
export async function untilEnded(processes: readonly RunningProcess[]): Promise<void> {
  while (stillRunning(processes).length > 0) {
    await sleep(50);
  }
}

/** Those that still run; ids are given anew, so the command counts too. */
function stillRunning(processes: readonly RunningProcess[]): RunningProcess[] {
  const running = list();
  return processes.filter((one) =>
    running.some(({ processId, command }) => processId === one.processId && command === one.command),
  );
}

function list(): RunningProcess[] {
  const lines = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  return lines.flatMap((line) => {
    const [, processId, parentId, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined
      ? []
      : [{ processId: Number(processId), parentId: Number(parentId), command }];
  });
}

/** The one process of that command. One that is about to start another looks like two for a moment: the first is meant. */
function theOne(processes: readonly RunningProcess[], command: RegExp): RunningProcess {
  const matching = processes.filter((process) => command.test(process.command));
  const found = matching.filter(({ parentId }) => !matching.some(({ processId }) => processId === parentId));
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(`${found.length} processes match ${command}: ${JSON.stringify(processes)}`);
  }
  return found[0];
}
