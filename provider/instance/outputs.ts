import { protectionStateOf } from "../dataProtection/protectionState";
import type { WireBackupInstance } from "../dataProtection/wire";
import type { CheckedInputs, InstanceOutputs } from "./inputs";

/** What is kept in state of a declared instance, as the service was seen to hold it; `undefined` when it was not seen. */
export function outputsOf(
  declared: CheckedInputs,
  instance: WireBackupInstance | undefined,
  isUnfinished = false,
): InstanceOutputs {
  return {
    ...declared,
    protectionState: instance === undefined ? "Unknown" : protectionStateOf(instance),
    provisioningState: instance?.properties.provisioningState ?? "Unknown",
    ...(isUnfinished ? { isUnfinished } : {}),
  };
}
