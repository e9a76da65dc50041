import { cacheFolderOf } from "./cacheFolder";
import type { Machine } from "./machine";
import { InterruptedError } from "./run";
import type { FoundCli, Way } from "./way";
import { minimumGoVersion, minimumVersion } from "./versions";

/** No way led to a CLI. The message lists every way with its reason, and says what to do. */
export class NoPulumiCliError extends Error {
  constructor(failures: readonly { way: string; reason: string }[]) {
    super(
      [
        "getting the Pulumi CLI: none of these ways led to one",
        ...failures.map(({ way, reason }) => `  ${way}: ${reason}`),
        `Install Pulumi ${minimumVersion} or newer (https://www.pulumi.com/docs/install/) so that "pulumi version" works, ` +
          `or Go ${minimumGoVersion} or newer with access to a Go module proxy, and run this again.`,
      ].join("\n"),
    );
    this.name = "NoPulumiCliError";
  }
}

/**
 * Tries the ways in their order; the failure of one is reported in one line before the next is tried.
 *
 * @throws {@link NoPulumiCliError} when all failed, InterruptedError when we were asked to end meanwhile.
 */
export async function findCli(
  machine: Machine,
  ways: readonly Way[],
  report: (line: string) => void,
): Promise<FoundCli> {
  const context = { machine, cacheFolder: cacheFolderOf(machine), report };
  const failures: { way: string; reason: string }[] = [];
  for (const way of ways) {
    try {
      return await way.find(context);
    } catch (error) {
      if (error instanceof InterruptedError) {
        throw error;
      }
      const reason = oneLine(error);
      failures.push({ way: way.name, reason });
      report(`${way.name}: ${reason}`);
    }
  }
  throw new NoPulumiCliError(failures);
}

function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replace(/\s*\n\s*/g, " ");
}
