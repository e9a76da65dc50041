import type { CheckedInputs, InstanceOutputs } from "./inputs";
import { reconcile } from "./reconcile";
import type { Session } from "../host/session";

/**
 * Creates the instance and waits until its datasource is protected. What an interrupted run left behind is finished
 * instead of made anew.
 */
export async function create(session: Session, inputs: CheckedInputs): Promise<InstanceOutputs> {
  return reconcile(session, inputs);
}
