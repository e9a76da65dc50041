import { forHost } from "./failures";

/** What the failure of a create or an update does. */
export type OnFailure = "fail" | "report";

/**
 * Runs a step. Where the declaration says `onFailure: "report"`, its failure becomes the output `failure`: the engine
 * starts nothing more once a resource has failed, which would keep the others from being protected at all.
 *
 * @param asFailed - What state holds after a failure.
 * @param say - Tells the failure on the row of the resource.
 */
export async function reportingFailure<Outputs extends { failure?: string }>(
  { onFailure }: { onFailure?: OnFailure },
  step: () => Promise<Outputs>,
  asFailed: (error: unknown) => Outputs,
  say: (failure: string) => Promise<void>,
): Promise<Outputs> {
  try {
    return await step();
  } catch (error) {
    if (onFailure !== "report") {
      throw error;
    }
    const failure = error instanceof Error ? error.message : String(error);
    await say(failure);
    return forHost({ ...asFailed(error), failure });
  }
}
