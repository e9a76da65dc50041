import { PartialFailure, forHost } from "./failures";
import type { CheckedInputs, InstanceOutputs, OnFailure } from "../instance/inputs";
import { notCreated } from "../instance/notCreated";

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

/** What is known of an instance after a failure, from what state held before, if anything. */
export function lastSeen(
  error: unknown,
  declared: CheckedInputs,
  before: InstanceOutputs | undefined,
): InstanceOutputs {
  if (error instanceof PartialFailure) {
    return error.properties as InstanceOutputs;
  }
  const { protectionState, provisioningState, isUnfinished } = before ?? notCreated;
  return { ...declared, protectionState, provisioningState, isUnfinished };
}
