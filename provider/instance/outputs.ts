import { heldClaim } from "../lifecycle/claim";
import { protectionStateOf } from "../dataProtection/protectionState";
import type { WireBackupInstance } from "../dataProtection/wire";
import type { CheckedInputs, InstanceOutputs } from "./inputs";

/**
 * What is kept in state of a declared instance, as the service was seen to hold it; `undefined` when it was not seen.
 *
 * @param before - What state held of it, if it held it.
 */
export function outputsOf(
  declared: CheckedInputs,
  instance: WireBackupInstance | undefined,
  { before, isUnfinished = false }: { before?: InstanceOutputs; isUnfinished?: boolean } = {},
): InstanceOutputs {
  const claimedBy = heldClaim(instance, declared, before);
  return {
    ...declared,
    ...(claimedBy === undefined ? {} : { claimedBy }),
    protectionState: instance === undefined ? "Unknown" : protectionStateOf(instance),
    provisioningState: instance?.properties.provisioningState ?? "Unknown",
    ...(isUnfinished ? { isUnfinished } : {}),
  };
}
