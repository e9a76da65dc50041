import { UsageError, numberOf, parseOptions } from "../options";

/** What the command was asked to do. */
export interface CommandLine {
  port: number;
  speed: number;
  idleTimeoutInMinutes: number;
  stateFile?: string;
  folder?: string;
  enforceThrottling: boolean;
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

const options = {
  port: { type: "string", default: "0" },
  speed: { type: "string", default: "1" },
  "idle-timeout-in-minutes": { type: "string", default: "240" },
  "state-file": { type: "string" },
  folder: { type: "string" },
  "enforce-throttling": { type: "boolean", default: false },
  help: { type: "boolean" },
} as const;

/**
 * Reads the words after the command's name.
 *
 * @returns `"help"` when only the usage is wanted.
 * @throws {@link UsageError}
 */
export function parseCommandLine(words: readonly string[]): CommandLine | "help" {
  const values = parseOptions(words, options);
  if (values.help === true) {
    return "help";
  }
  const { "state-file": stateFile, folder } = values;
  if (stateFile === "" || folder === "") {
    throw new UsageError(stateFile === "" ? "--state-file needs a file" : "--folder needs a folder");
  }
  return {
    port: numberOf("--port", values.port, { minimum: 0, maximum: 65_535, isWhole: true }),
    speed: numberOf("--speed", values.speed, { minimum: 1, maximum: 1_000_000 }),
    idleTimeoutInMinutes: numberOf("--idle-timeout-in-minutes", values["idle-timeout-in-minutes"], {
      minimum: 0.01,
      maximum: 10_080,
    }),
    stateFile,
    folder,
    enforceThrottling: values["enforce-throttling"],
  };
}
