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
  help: boolean;
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

/** A mistake on the command line, told in one line. */
export class UsageError extends Error {}

const bounds = {
  "--sizes": { minimum: 1, maximum: 500, whole: true },
  "--factor": { minimum: 1, maximum: 10, whole: false },
  "--parallel": { minimum: 1, maximum: 1000, whole: true },
  "--rounds": { minimum: 0, maximum: 9, whole: true },
} as const;
const mostSizes = 6;

export function parseCommandLine(words: readonly string[]): CommandLine {
  const commandLine: CommandLine = {
    sizes: [1, 20, 100, 500],
    factor: 1,
    rounds: 3,
    output: "bench-results",
    help: false,
  };
  const rest = words.flatMap((word) => (/^--[^=]+=/.test(word) ? splitAtEquals(word) : [word]));
  while (rest.length > 0) {
    const option = rest.shift()!;
    switch (option) {
      case "--help":
        commandLine.help = true;
        break;
      case "--sizes":
        commandLine.sizes = parseSizes(rest.shift());
        break;
      case "--factor":
        commandLine.factor = parseNumber(option, rest.shift());
        break;
      case "--parallel":
        commandLine.parallel = parseNumber(option, rest.shift());
        break;
      case "--rounds":
        commandLine.rounds = parseNumber(option, rest.shift());
        break;
      case "--output":
        commandLine.output = requireText(option, rest.shift());
        break;
      default:
        throw new UsageError(`Unknown option ${option}; --help lists the options.`);
    }
  }
  return commandLine;
}

function splitAtEquals(word: string): string[] {
  const position = word.indexOf("=");
  return [word.slice(0, position), word.slice(position + 1)];
}

function parseSizes(text: string | undefined): number[] {
  const sizes = (text ?? "").split(",").map((size) => parseNumber("--sizes", size || undefined));
  if (sizes.length > mostSizes) {
    throw new UsageError(`--sizes takes at most ${mostSizes} sizes, not ${sizes.length}.`);
  }
  return sizes;
}

function parseNumber(option: keyof typeof bounds, text: string | undefined): number {
  const { minimum, maximum, whole } = bounds[option];
  const value = /^\d+(\.\d+)?$/.test(text ?? "") ? Number(text) : NaN;
  if (!(value >= minimum && value <= maximum) || (whole && !Number.isInteger(value))) {
    const kind = whole ? "whole numbers" : "numbers";
    throw new UsageError(`${option} takes ${kind} from ${minimum} to ${maximum}, not ${text ?? "nothing"}.`);
  }
  return value;
}

function requireText(option: string, text: string | undefined): string {
  if (!text) {
    throw new UsageError(`${option} needs a folder.`);
  }
  return text;
}
