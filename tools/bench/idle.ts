import { machineTime } from "./fastClock";
import { trivialResources } from "./programs";
import { observe } from "./stage";
import type { EngineMoments, Stage } from "./stage";
import type { Stack } from "@pulumi/pulumi/automation";

/** A command that finds nothing to do, on our resources and on as many that do nothing; the machine's milliseconds. */
export interface IdleFigures {
  command: IdleCommand;
  /** The median of the rounds. */
  oursInMachineMs: number;
  trivialInMachineMs: number;
  /** The median of the rounds' ratios: the two of a round ran one after the other. */
  ratio: number;
  /** How many requests ours made, all instances together. */
  requests: number;
}

const idleCommands = ["preview", "up", "refresh"] as const;
type IdleCommand = (typeof idleCommands)[number];

/** Runs every command that finds nothing to do on a stage where all is protected. */
export async function measureIdle(stage: Stage, rounds: number, parallel: number): Promise<IdleFigures[]> {
  const other = await stage.openOther(trivialResources);
  await other.stack.up({ parallel, signal: stage.signal });
  const figures: IdleFigures[] = [];
  for (const command of idleCommands) {
    const pairs: { ours: number; trivial: number }[] = [];
    const before = (await stage.emulator.evidence()).requests.length;
    for (let round = 0; round < rounds; round++) {
      const trivial = await duration(stage, other.stack, command, parallel);
      pairs.push({ trivial, ours: await duration(stage, stage.stack, command, parallel) });
    }
    const after = (await stage.emulator.evidence()).requests.length;
    figures.push({
      command,
      oursInMachineMs: median(pairs.map(({ ours }) => ours)),
      trivialInMachineMs: median(pairs.map(({ trivial }) => trivial)),
      ratio: median(pairs.map(({ ours, trivial }) => ours / trivial)),
      requests: (after - before) / rounds,
    });
  }
  return figures;
}

/** From the call of the command to its summary, which must say that nothing was to be done. */
async function duration(
  { clock, signal }: Stage,
  stack: Stack,
  command: IdleCommand,
  parallel: number,
): Promise<number> {
  const moments = await observe(clock, (observed) => stack[command]({ ...observed, parallel, signal }));
  refuseChanges(command, moments);
  return machineTime(clock, moments.summedUpAt) - machineTime(clock, moments.calledAt);
}

function refuseChanges(command: string, { changes }: EngineMoments): void {
  const { same = 0, ...others } = changes;
  const changed = Object.entries(others).filter(([, count]) => count > 0);
  if (same === 0 || changed.length > 0) {
    throw new Error(`measuring ${command} with nothing to do: it did ${JSON.stringify(changes)}`);
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}
