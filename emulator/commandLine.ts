/** What the command was asked to do. */
export interface CommandLine {
  port: number;
  speed: number;
  idleTimeoutInMinutes: number;
  stateFile?: string;
  folder?: string;
  enforceThrottling?: true;
  help: boolean;
}

export const usage = `Usage: pulumi-azure-dataprotection emulator [options]

An emulator of Azure Resource Manager for Azure Backup, on 127.0.0.1. It is not Azure, and protects nothing.
Prints the variables to export on standard output, one KEY=VALUE a line, and runs until Ctrl-C.

  --port N                     TCP port; default: a free one
  --speed N                    N times the service's own pace; default 1
  --idle-timeout-in-minutes N  stops after N minutes without a request; default 240
  --state-file FILE            starts from the file if it is there, and writes it when it stops
  --folder FOLDER              keeps the certificate and the request log; default: a temporary one, removed when it stops
  --enforce-throttling         answers 429 as Resource Manager's buckets do
  --help                       this text

Standard error names a secret that opens POST /_emulator/<command>: states, faults, locks, a clock that jumps (emulator/README.md).
`;

/** A mistake on the command line, told in one line. */
export class UsageError extends Error {}

const numbers = {
  "--port": { field: "port", minimum: 0, maximum: 65_535, whole: true },
  "--speed": { field: "speed", minimum: 1, maximum: 1_000_000, whole: false },
  "--idle-timeout-in-minutes": {
    field: "idleTimeoutInMinutes",
    minimum: 0.01,
    maximum: 10_080,
    whole: false,
  },
} as const;

export function parseCommandLine(words: readonly string[]): CommandLine {
  const commandLine: CommandLine = { port: 0, speed: 1, idleTimeoutInMinutes: 240, help: false };
  const rest = words.flatMap((word) => (word.startsWith("--") ? splitAtEquals(word) : [word]));
  while (rest.length > 0) {
    const option = rest.shift()!;
    if (option === "--help") {
      commandLine.help = true;
    } else if (option === "--enforce-throttling") {
      commandLine.enforceThrottling = true;
    } else if (option === "--state-file") {
      commandLine.stateFile = requireText(option, "a file", rest.shift());
    } else if (option === "--folder") {
      commandLine.folder = requireText(option, "a folder", rest.shift());
    } else if (Object.hasOwn(numbers, option)) {
      const name = option as keyof typeof numbers;
      commandLine[numbers[name].field] = parseNumber(name, rest.shift());
    } else {
      throw new UsageError(`Unknown option ${option}; --help lists the options.`);
    }
  }
  return commandLine;
}

function splitAtEquals(word: string): string[] {
  const position = word.indexOf("=");
  return position < 0 ? [word] : [word.slice(0, position), word.slice(position + 1)];
}

function requireText(option: string, what: string, text: string | undefined): string {
  if (!text) {
    throw new UsageError(`${option} needs ${what}.`);
  }
  return text;
}

function parseNumber(option: keyof typeof numbers, text: string | undefined): number {
  const { minimum, maximum, whole } = numbers[option];
  const value = /^\d+(\.\d+)?$/.test(text ?? "") ? Number(text) : NaN;
  if (!(value >= minimum && value <= maximum) || (whole && !Number.isInteger(value))) {
    const kind = whole ? "a whole number" : "a number";
    throw new UsageError(`${option} needs ${kind} from ${minimum} to ${maximum}, not ${text ?? "nothing"}.`);
  }
  return value;
}
