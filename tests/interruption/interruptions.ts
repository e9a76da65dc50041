import type { EngineProcesses, RunningProcess } from "./processes";
import type { Operation } from "./stackProcess";

/** Ends a run before its time. It is called while a request is under way, and strikes before that can be answered. */
type Strike = (engine: EngineProcesses, operation: Operation) => Promise<void>;

/** A way in which a run ends before its time. */
export interface Interruption {
  name: string;
  /** Whether the request at which it strikes is answered all the same; else nothing comes for ever. */
  isAnswered: boolean;
  /** Whether it leaves the stack locked, so that `pulumi cancel` comes before the next run. */
  isLocking: boolean;
  /** Whether state then holds a pending operation: the engine does not learn how it ended. */
  leavesPending: boolean;
  /** What the service does until the next run asks: nothing at all, or everything that it had begun. */
  meanwhile: "still" | "done";
  strike: Strike;
}

export const interruptions: readonly Interruption[] = [
  {
    name: "kill -9 of the CLI",
    isAnswered: false,
    isLocking: true,
    leavesPending: true,
    meanwhile: "still",
    strike: kill(({ cli }) => [cli]),
  },
  {
    name: "kill -9 of the dynamic host",
    isAnswered: false,
    isLocking: false,
    leavesPending: false,
    meanwhile: "still",
    strike: kill(({ dynamicHost }) => [dynamicHost]),
  },
  {
    name: "kill -9 of everything",
    isAnswered: false,
    isLocking: true,
    leavesPending: true,
    meanwhile: "done",
    strike: kill(({ all }) => all),
  },
  {
    name: "Ctrl-C",
    isAnswered: true,
    isLocking: false,
    leavesPending: false,
    meanwhile: "done",
    strike: pressCtrlC(1),
  },
  {
    name: "Ctrl-C twice",
    isAnswered: false,
    isLocking: false,
    leavesPending: true,
    meanwhile: "still",
    strike: pressCtrlC(2),
  },
];

function kill(choose: (engine: EngineProcesses) => RunningProcess[]): Strike {
  return async (engine) => choose(engine).forEach(({ processId }) => process.kill(processId, "SIGKILL"));
}

/** The CLI gets the signal of the keyboard alone: its plugins are in process groups of their own. */
function pressCtrlC(times: 1 | 2): Strike {
  return async ({ cli }, operation) => {
    process.kill(cli.processId, "SIGINT");
    await operation.untilSays("^C received; cancelling");
    if (times === 2) {
      process.kill(cli.processId, "SIGINT");
    }
  };
}
