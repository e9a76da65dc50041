import type { CheckedInputs, InstanceOutputs } from "./inputs";
import { reconcile } from "./reconcile";
import type { Session } from "../host/session";

/**
 * Changes policy, containers and friendly name in place and waits until the datasource is protected again. The engine
 * also calls this to carry on after a create that failed once the service had accepted the instance.
 */
export async function update(
  session: Session,
  olds: InstanceOutputs,
  news: CheckedInputs,
): Promise<InstanceOutputs> {
  return reconcile(session, news, olds);
}
