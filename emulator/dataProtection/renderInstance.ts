import type { BackupInstance } from "../records/backupInstance";

import type { InstanceSpec } from "./instanceSpec";
import { shown } from "./shownAs";
import type { UserFacingError } from "./userErrors";

/** A backup instance as the service writes it, in its order of names (create_and_delete_disk 11). */
export function renderInstance(instance: BackupInstance): Record<string, unknown> {
  const { id, name, tags, spec, state, provisioningState } = instance;
  const error = instance.error && withoutAbsentInnerError(instance.error);
  return {
    ...(tags ? { tags } : {}),
    properties: shown(instance, {
      ...renderSpec(spec),
      protectionStatus: { ...(error ? { errorDetails: error } : {}), status: state },
      currentProtectionState: state,
      ...(error ? { protectionErrorDetails: error } : {}),
      provisioningState,
      objectType: "BackupInstance",
    }),
    id,
    name,
    type: "Microsoft.DataProtection/backupVaults/backupInstances",
  };
}

/** Refusals write it as null (softdelete 28); the document allows that in no instance. */
export function withoutAbsentInnerError({ innerError, ...error }: UserFacingError): Partial<UserFacingError> {
  return innerError === null ? error : { ...error, innerError };
}

export function renderSpec(spec: InstanceSpec): Record<string, unknown> {
  const { friendlyName, dataSourceInfo, dataSourceSetInfo, policyInfo, ...rest } = spec;
  return {
    friendlyName,
    dataSourceInfo,
    ...(dataSourceSetInfo ? { dataSourceSetInfo } : {}),
    policyInfo,
    ...rest,
  };
}
