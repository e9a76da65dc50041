import { systemClock } from "../provider/azure/clock";
import type { Azure } from "./azure";
import { openAzure } from "./azure";

/** What a command has to do with the world: people, and Azure. */
export interface Terminal {
  /** Takes what was asked for; nothing else goes there. */
  print(text: string): void;
  /** Takes what tells people how far a wait has come. */
  progress(text: string): void;
  /** Says what goes on in Azure if the command is interrupted from now on. */
  onInterrupt(whatGoesOn: string): void;
  /** Signs in with the credentials that azure-native would use. */
  open(): Promise<Azure>;
}

/** Progress is told at most this often. */
const shortestIntervalInMs = 10_000;

/** The terminal of this process: results on standard output, the rest on standard error. */
export function systemTerminal(): Terminal {
  let toldAt = -Infinity;
  let whatGoesOn: string | undefined;
  const interrupted = (): void => {
    if (whatGoesOn !== undefined) {
      process.stderr.write(`${whatGoesOn}\n`);
    }
    process.exit(130);
  };
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    progress: (text) => {
      if (systemClock.now() - toldAt >= shortestIntervalInMs) {
        toldAt = systemClock.now();
        process.stderr.write(`${text}\n`);
      }
    },
    onInterrupt: (text) => {
      if (whatGoesOn === undefined) {
        process.once("SIGINT", interrupted);
      }
      whatGoesOn = text;
    },
    open: openAzure,
  };
}
