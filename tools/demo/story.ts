import type { OpMap, Stack } from "@pulumi/pulumi/automation";
import type { Emulator } from "../../emulator/index";
import { measure } from "./measure";
import type { Measurement } from "./measure";

/** How many datasources the quick start protects. */
const datasourceCount = 3;

/** What the story found. */
export interface Outcome {
  /** The service's view at the end of the first update. */
  measurements: Measurement[];
  /** One line each; none when all went as it should. */
  problems: string[];
}

/** Where the story is told. */
export interface Teller {
  heading: (text: string) => void;
  /** Gets Pulumi's own output as it comes. */
  onOutput: (text: string) => void;
  color: "always" | "never";
  /** Ends the step that runs. */
  signal: AbortSignal;
}

/**
 * Brings the quick start up, again with nothing to do, with another policy, refreshes it and destroys it.
 *
 * @throws an `Error` that names the step in which Pulumi itself failed; its words were given to `onOutput`.
 */
export async function tell(
  stack: Stack,
  emulator: Emulator,
  { heading, ...options }: Teller,
): Promise<Outcome> {
  const problems: string[] = [];
  const step = async <T>(title: string, work: () => Promise<T>): Promise<T> => {
    options.signal.throwIfAborted();
    heading(title);
    return work().catch((error: unknown) => {
      throw new Error(`"${title}" failed; Pulumi says above why`, { cause: error });
    });
  };

  await step("First update: a disk and two storage accounts, and their backups", () => stack.up(options));
  const measurements = measure(emulator.exchanges);
  const isProtected = ({ state }: Measurement): boolean => state === "ProtectionConfigured";
  if (measurements.length !== datasourceCount || !measurements.every(isProtected)) {
    const states = measurements.map(({ datasource, state }) => `${datasource} is ${state}`).join(", ");
    problems.push(
      `after the first update not all ${datasourceCount} were protected: ${states || "there were none"}`,
    );
  }

  const second = await step("The same program again: nothing to do", () => stack.up(options));
  if (!isOnly(["same"], second.summary.resourceChanges)) {
    problems.push(`the second update changed something: ${spelled(second.summary.resourceChanges)}`);
  }

  const third = await step("Another policy for the disk: changed in place", async () => {
    await stack.setConfig("policy", { value: "fourHourly" });
    return stack.up(options);
  });
  if (!third.summary.resourceChanges?.update || !isOnly(["same", "update"], third.summary.resourceChanges)) {
    problems.push(`the change of policy was no update in place: ${spelled(third.summary.resourceChanges)}`);
  }

  const refreshed = await step("Refresh: is it still so?", () => stack.refresh(options));
  if (!isOnly(["same"], refreshed.summary.resourceChanges)) {
    problems.push(`the refresh found changes: ${spelled(refreshed.summary.resourceChanges)}`);
  }

  await step("Destroy", () => stack.destroy(options));
  const remaining = emulator.remainingResourceIds();
  if (remaining.length > 0) {
    problems.push(`after the destroy there was still ${remaining.join(", ")}`);
  }
  return { measurements, problems };
}

function isOnly(kinds: (keyof OpMap)[], changes: OpMap = {}): boolean {
  return Object.entries(changes).every(([kind, count]) => count === 0 || kinds.includes(kind as keyof OpMap));
}

function spelled(changes: OpMap = {}): string {
  return Object.entries(changes)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ");
}
