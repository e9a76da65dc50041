import { isObject } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import type { BackupInstance } from "./instanceState";
import type { InstanceSpec } from "./instanceSpec";
import type { UserFacingError } from "./userErrors";

/** A backup instance as the service writes it, in its order of names (create_and_delete_disk 11). */
export function renderInstance(instance: BackupInstance): Record<string, unknown> {
  const { id, name, tags, spec, state, provisioningState } = instance;
  const error = instance.error && withoutAbsentInnerError(instance.error);
  return {
    ...(tags ? { tags } : {}),
    properties: mergedWith(instance.shownAs, {
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

function mergedWith(changes: JsonObject | undefined, object: JsonObject): JsonObject {
  const merged = Object.entries(changes ?? {}).map(([name, change]) => {
    const before = object[name];
    return [name, isObject(change) && isObject(before) ? mergedWith(change, before) : change];
  });
  return { ...object, ...(Object.fromEntries(merged) as JsonObject) };
}

/** Refusals write it as null (softdelete 28); the document allows that in no instance. */
function withoutAbsentInnerError({ innerError, ...error }: UserFacingError): Partial<UserFacingError> {
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
