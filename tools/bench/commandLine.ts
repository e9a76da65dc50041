import { UsageError, numberOf, parseOptions } from "../../cli/options";

/** What `npm run bench` was asked to do. */
export interface CommandLine {
  /** How many instances are protected at once, run by run. */
  sizes: number[];
  /** How many times as fast as the service's time goes. */
  factor: number;
  /** What is given to `pulumi up --parallel`; as many as there are instances without it. */
  parallel?: number;
  /** How often the commands that have nothing to do are repeated; 0 leaves them out. */
  rounds: number;
  /** Where the figures and the plot are written. */
  output: string;
}

export const usage = `Usage: npm run bench -- [options]

Protects new disks on the emulator with the real Pulumi engine, and compares the time with the shortest that the service's
own delays, Retry-After values and throttling buckets allow; then runs commands that have nothing to do, and compares them
with the same commands on resources that do nothing. docs/performance.md explains the figures.

  --sizes N,N,...   how many disks, run by run: each 1 to 500, at most 6; default 1,20,100,500
  --factor F        lets the time of the service and of its client go F times as fast: 1 to 10; default 1
  --parallel N      what \`pulumi up --parallel\` is given: 1 to 1000; default: as many as there are disks
  --rounds N        how often commands that have nothing to do are measured: 0 to 9; default 3
  --output FOLDER   where figures.json and timeline.svg are written; default bench-results
  --help            this text
`;

const bounds = {
  size: { minimum: 1, maximum: 500, isWhole: true },
  factor: { minimum: 1, maximum: 10 },
  parallel: { minimum: 1, maximum: 1000, isWhole: true },
  rounds: { minimum: 0, maximum: 9, isWhole: true },
};
const mostSizes = 6;

const options = {
  sizes: { type: "string", default: "1,20,100,500" },
  factor: { type: "string", default: "1" },
  parallel: { type: "string" },
  rounds: { type: "string", default: "3" },
  output: { type: "string", default: "bench-results" },
  help: { type: "boolean" },
} as const;

/**
 * @returns `"help"` when only the usage is wanted.
 * @throws {@link UsageError}
 */
export function parseCommandLine(words: readonly string[]): CommandLine | "help" {
  const { help, output, ...numbers } = parseOptions(words, options);
  if (help === true) {
    return "help";
  }
  if (output === "") {
    throw new UsageError("--output needs a folder");
  }
  const { parallel } = numbers;
  return {
    sizes: parseSizes(numbers.sizes),
    factor: numberOf("--factor", numbers.factor, bounds.factor),
    parallel: parallel === undefined ? undefined : numberOf("--parallel", parallel, bounds.parallel),
    rounds: numberOf("--rounds", numbers.rounds, bounds.rounds),
    output,
  };
}

function parseSizes(text: string): number[] {
  const sizes = text.split(",").map((size) => numberOf("--sizes", size, bounds.size));
  if (sizes.length > mostSizes) {
    throw new UsageError(`--sizes takes at most ${mostSizes} sizes, not ${sizes.length}`);
  }
  return sizes;
}
