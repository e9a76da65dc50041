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

/** Runs with role assignments are there to be compared with other tools, which were measured with 1 and 20 disks. */
const mostWithRoles = 20;

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
    const { instanceCount, assignsRoles, parallel } = options;
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

function plan({ sizes, parallel }: CommandLine): ProtectionOptions[] {
  return sizes.flatMap((instanceCount) => {
    const options = { instanceCount, parallel: parallel ?? instanceCount };
    const withRoles = instanceCount <= mostWithRoles ? [{ ...options, assignsRoles: true }] : [];
    return [{ ...options, assignsRoles: false }, ...withRoles];
  });
}

function describe({ instanceCount, assignsRoles, parallel }: ProtectionOptions): string {
  const disks = instanceCount === 1 ? "1 disk" : `${instanceCount} disks`;
  return `${disks}${assignsRoles ? " with role assignments" : ""}, ${parallel} at once`;
}
