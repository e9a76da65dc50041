import type { OpMap, Stack } from "@pulumi/pulumi/automation";
import type { Emulator } from "../emulator/index";
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
  heading(text: string): void;
  /** Gets Pulumi's own output as it comes. */
  onOutput(text: string): void;
  color: "always" | "never";
  /** Ends the step that runs. */
  signal: AbortSignal;
}

/**
 * Brings the quick start up, again with nothing to do, with another policy, refreshes it and destroys it.
 *
 * @throws the Automation API's error when Pulumi itself ended with one; it was shown by `onOutput` already.
 */
export async function tell(
  stack: Stack,
  emulator: Emulator,
  { heading, ...options }: Teller,
): Promise<Outcome> {
  const problems: string[] = [];

  heading("First update: a disk and two storage accounts, and their backups");
  await stack.up(options);
  const measurements = measure(emulator.exchanges);
  const isProtected = ({ state }: Measurement): boolean => state === "ProtectionConfigured";
  if (measurements.length !== datasourceCount || !measurements.every(isProtected)) {
    const states = measurements.map(({ datasource, state }) => `${datasource} is ${state}`).join(", ");
    problems.push(
      `after the first update not all ${datasourceCount} were protected: ${states || "there were none"}`,
    );
  }

  heading("The same program again: nothing to do");
  const second = await stack.up(options);
  if (!isOnly(["same"], second.summary.resourceChanges)) {
    problems.push(`the second update changed something: ${spelled(second.summary.resourceChanges)}`);
  }

  heading("Another policy for the disk: changed in place");
  await stack.setConfig("policy", { value: "fourHourly" });
  const third = await stack.up(options);
  if (!third.summary.resourceChanges?.update || !isOnly(["same", "update"], third.summary.resourceChanges)) {
    problems.push(`the change of policy was no update in place: ${spelled(third.summary.resourceChanges)}`);
  }

  heading("Refresh: Azure is asked whether it still is so");
  const refreshed = await stack.refresh(options);
  if (!isOnly(["same"], refreshed.summary.resourceChanges)) {
    problems.push(`the refresh found changes: ${spelled(refreshed.summary.resourceChanges)}`);
  }

  heading("Destroy");
  await stack.destroy(options);
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
