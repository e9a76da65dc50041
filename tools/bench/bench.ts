import { availableParallelism } from "node:os";
import type { CommandLine } from "./commandLine";
import { measureIdle } from "./idle";
import type { IdleFigures } from "./idle";
import { instances, instancesWithRoles } from "./programs";
import { measureProtection } from "./protection";
import type { ProtectionFigures, ProtectionOptions } from "./protection";
import { onStage } from "./stage";
import type { StageSettings } from "./stage";
import { measureState } from "./state";
import type { StateFigures } from "./state";

/** Everything that a bench found out. */
export interface Figures {
  /** How many times as fast as the machine's time the service's went. */
  factor: number;
  processorCount: number;
  protection: ProtectionFigures[];
  /** Of the largest number of instances. */
  idle: IdleFigures[];
  state: StateFigures | undefined;
}

export interface BenchSettings extends StageSettings {
  onProgress(line: string): void;
}

/** Other tools were measured with 1 and 20 disks: so are role assignments, and the engine at the parallelism it has by itself. */
const mostToCompare = 20;

/** Runs one measurement after the other. */
export async function runBench(commandLine: CommandLine, settings: BenchSettings): Promise<Figures> {
  const figures: Figures = {
    factor: settings.factor,
    processorCount: availableParallelism(),
    protection: [],
    idle: [],
    state: undefined,
  };
  const largest = Math.max(...commandLine.sizes);
  for (const options of plan(commandLine)) {
    settings.signal.throwIfAborted();
    const { instanceCount, assignsRoles, parallel = instanceCount } = options;
    const estate = { diskCount: instanceCount, hasRoles: !assignsRoles };
    const program = assignsRoles ? instancesWithRoles : instances;
    await onStage(settings, { estate, program }, async (stage) => {
      settings.onProgress(`Protecting ${describe(options)} ...`);
      figures.protection.push(await measureProtection(stage, options));
      if (!assignsRoles && instanceCount === largest && figures.state === undefined) {
        figures.state = await measureState(stage.stack);
        if (commandLine.rounds > 0) {
          settings.onProgress(`Running commands that have nothing to do, ${commandLine.rounds} times ...`);
          figures.idle = await measureIdle(stage, commandLine.rounds, parallel);
        }
      }
    });
  }
  return figures;
}

/** What is measured, run by run. */
export function plan({ sizes, parallel }: Pick<CommandLine, "sizes" | "parallel">): ProtectionOptions[] {
  return sizes.flatMap((instanceCount) => {
    const run = { instanceCount, parallel: parallel ?? instanceCount, assignsRoles: false };
    if (instanceCount > mostToCompare) {
      return [run];
    }
    const byItself =
      instanceCount > 1 && parallel === undefined ? [{ instanceCount, assignsRoles: false }] : [];
    return [run, { ...run, assignsRoles: true }, ...byItself];
  });
}

function describe({ instanceCount, assignsRoles, parallel }: ProtectionOptions): string {
  const disks = instanceCount === 1 ? "1 disk" : `${instanceCount} disks`;
  return `${disks}${assignsRoles ? " with role assignments" : ""}, ${parallel ?? "as many as the engine likes"} at once`;
}
