import { PartialFailure } from "./failures";
import type { CheckedInputs, InstanceOutputs } from "./inputs";

/**
 * What stands in the place of the provisioning state of an instance that was declared and refused: nothing in Azure is this
 * resource's own, so that nothing there may be read or deleted in its name.
 */
const notCreated = "NotCreated";

const nothing: Pick<InstanceOutputs, "protectionState" | "provisioningState" | "isUnfinished"> = {
  protectionState: "NotProtected",
  provisioningState: notCreated,
};

/** Whether state holds a resource for which there never was an instance. */
export function wasNotCreated({ provisioningState }: Partial<InstanceOutputs>): boolean {
  return provisioningState === notCreated;
}

/**
 * Runs a step. Where the declaration says `onFailure: "report"`, its failure becomes the output `failure`: the engine
 * starts nothing more once a resource has failed, which would keep the others from being protected at all.
 *
 * @param before - What state held before the step, if anything.
 * @param say - Tells the failure on the row of the resource.
 */
export async function reportingFailure(
  declared: CheckedInputs,
  before: InstanceOutputs | undefined,
  step: () => Promise<InstanceOutputs>,
  say: (failure: string) => Promise<void>,
): Promise<InstanceOutputs> {
  try {
    return await step();
  } catch (error) {
    if (declared.onFailure !== "report") {
      throw error;
    }
    const failure = error instanceof Error ? error.message : String(error);
    await say(failure);
    return { ...lastSeen(error, declared, before), failure };
  }
}

function lastSeen(
  error: unknown,
  declared: CheckedInputs,
  before: InstanceOutputs | undefined,
): InstanceOutputs {
  if (error instanceof PartialFailure) {
    return error.properties;
  }
  const { protectionState, provisioningState, isUnfinished } = before ?? nothing;
  return { ...declared, protectionState, provisioningState, isUnfinished };
}
