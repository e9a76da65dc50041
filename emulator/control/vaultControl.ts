import type { Cloud } from "../cloud";
import { ended } from "../dataProtection/operations";
import type { ShownAs } from "../dataProtection/shownAs";
import type { Operation } from "../records/operation";
import { ControlError } from "./emulatorControl";
import type { OperationChange, ResourceChange } from "./emulatorControl";
import { toUserFacingError } from "./instanceControl";

export function setVault(cloud: Cloud, vaultId: string, change: ResourceChange): void {
  cloud.vaults.put(changed(cloud.vaults.get(vaultId) ?? notThere("Backup vault", vaultId), change));
}

export function setPolicy(cloud: Cloud, policyId: string, change: ResourceChange): void {
  cloud.policies.put(changed(cloud.policies.get(policyId) ?? notThere("backup policy", policyId), change));
}

function changed<Resource extends ShownAs>(resource: Resource, { shownAs }: ResourceChange): Resource {
  const { shownAs: _before, ...rest } = resource;
  return { ...rest, ...(shownAs ? { shownAs } : {}) } as Resource;
}

export function setOperation(
  cloud: Cloud,
  operationUrl: string,
  { status, errorDetails }: OperationChange,
): void {
  const { error: _before, ...operation } = find(cloud, operationUrl);
  cloud.operations.put({
    ...operation,
    status,
    ...(ended.includes(status) ? { endsAt: Math.min(operation.endsAt, cloud.now()) } : {}),
    ...(errorDetails ? { error: toUserFacingError(errorDetails) } : {}),
  });
}

function find(cloud: Cloud, operationUrl: string): Operation {
  const id = decodeURIComponent(/([^/?]+)(\?|$)/.exec(operationUrl)?.[1] ?? "");
  return cloud.operations.get(id) ?? notThere("operation", operationUrl);
}

function notThere(what: string, id: string): never {
  throw new ControlError(`There is no ${what} ${id}.`);
}
