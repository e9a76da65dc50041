import type { CheckedInputs, InstanceOutputs } from "./inputs";
import { reconcile } from "./reconcile";
import type { Session } from "./session";

/**
 * Creates the instance and waits until its datasource is protected. What an interrupted run left behind is finished
 * instead of made anew.
 */
export async function create(
  session: Session,
  inputs: CheckedInputs,
): Promise<{ id: string; outs: InstanceOutputs }> {
  const outs = await reconcile(session, inputs);
  return { id: inputs.backupInstanceId, outs };
}
