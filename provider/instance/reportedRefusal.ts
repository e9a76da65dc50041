import type { Untrusted } from "../azure/json";
import type { CheckedInputs } from "./inputs";
import { notCreated } from "./notCreated";

/**
 * The inputs in the place of a declaration that is refused, when that is to be reported only: the engine starts nothing more
 * once a `check` has failed, which would keep the others from being protected at all. What was accepted before stays declared,
 * so that what is protected stays as it is.
 *
 * @param olds - The inputs in state; none of a new resource.
 * @param failure - Why it is refused.
 */
export function refusedInputs(olds: Untrusted, declared: CheckedInputs, failure: string): CheckedInputs {
  const { onFailure, resourceUrn, __provider } = declared;
  const kept = Object.keys(acceptedInputs(olds)).length > 0 ? (olds as unknown as CheckedInputs) : declared;
  return { ...kept, onFailure, resourceUrn, __provider, failure };
}

/** The inputs in state, unless nothing but refused ones was ever declared. */
export function acceptedInputs(olds: Untrusted): Untrusted {
  return olds.failure !== undefined && olds.backupInstanceId === undefined ? {} : olds;
}

/** The id of an instance; where the declaration was refused before there was one, something that no request is made with. */
export function idOf({
  backupInstanceId,
  resourceUrn,
}: Pick<Partial<CheckedInputs>, "backupInstanceId" | "resourceUrn">): string {
  return backupInstanceId ?? resourceUrn ?? notCreated.provisioningState;
}
