import { isAtLeast } from "../arm/apiVersions";
import { accessOf, isAllowed } from "../arm/authorization";
import { ArmError } from "../arm/errors";
import { property } from "../arm/requestBody";
import { sameId, subscriptionIdOf } from "../arm/resourceId";
import type { Cloud } from "../cloud";
import type { Call } from "../message";
import type { BackupVault, ResourceGuard } from "../records/vault";
import { assumedCodes } from "./assumedCodes";
import { requestIdFor } from "./resourceGuards";
import type { CriticalOperation } from "./resourceGuards";
import { refusal, userError } from "./userErrors";

/** The guard that a vault is bound to. */
export function guardOf(cloud: Cloud, vault: BackupVault): ResourceGuard | undefined {
  const proxy = cloud.resourceGuardProxies.below(vault.id)[0];
  return proxy && cloud.resourceGuards.get(proxy.guardId);
}

/**
 * Throws unless the vault has no guard for the operation, or the request names the guard's consent.
 *
 * @param requests - What stands in `resourceGuardOperationRequests` (facts 4.3).
 */
export function checkApproved(
  cloud: Cloud,
  call: Call,
  vault: BackupVault,
  operation: CriticalOperation,
  requests: unknown,
): void {
  const guard = guardOf(cloud, vault);
  const expected = guard && requestIdFor(guard, operation);
  if (!guard || expected === undefined) {
    return;
  }
  const named = Array.isArray(requests) ? requests : [];
  if (!named.some((id) => sameId(String(id), expected))) {
    throw approvalMissing(guard, `name ${expected} in resourceGuardOperationRequests`);
  }
  checkGuardReachable(cloud, call, guard);
  checkGuardAccess(cloud, call, guard, expected);
}

/** The requests in a body, or in the properties in it: before 2024-04-01 there is no place for them (facts 1.2). */
export function namedRequests({ apiVersion }: Call, container: unknown): unknown {
  return isAtLeast(apiVersion, "2024-04-01")
    ? property(container, "resourceGuardOperationRequests")
    : undefined;
}

/** Throws unless the vault has no guard for the deletion, or `unlockDelete` was called for the resource lately. */
export function checkUnlocked(
  cloud: Cloud,
  vault: BackupVault,
  operation: CriticalOperation,
  resourceId: string,
): void {
  const guard = guardOf(cloud, vault);
  if (!guard || requestIdFor(guard, operation) === undefined) {
    return;
  }
  const unlock = cloud.deleteUnlocks.get(resourceId);
  if (!unlock || unlock.expiresAt <= cloud.now()) {
    throw approvalMissing(guard, "call unlockDelete of the vault's DppResourceGuardProxy");
  }
}

/** A guard in another tenant takes a token of that tenant beside the caller's own. */
export function checkGuardReachable(cloud: Cloud, call: Call, guard: ResourceGuard): void {
  const subscriptionId = subscriptionIdOf(guard.id)!;
  const guardTenantId = cloud.subscriptions.find(subscriptionId)?.tenantId;
  const tenantIds = [call.tenantId, ...call.auxiliaryTenantIds];
  if (guardTenantId !== undefined && !tenantIds.includes(guardTenantId)) {
    // The code is Resource Manager's (facts 4.4); that it is what a guard out of reach is answered with is assumed.
    throw new ArmError(
      403,
      "LinkedAuthorizationFailed",
      `The client has permission to perform action '${accessOf(call)?.action}' on scope '${call.path}', however the current ` +
        `tenant '${call.tenantId}' is not authorized to access linked subscription '${subscriptionId}'.`,
      { "x-ms-failure-cause": "gateway" },
    );
  }
}

/**
 * Resource Manager checks the caller's rights on what a request links to, which is all that a guard's approval consists of
 * (OpenAPI: "ResourceGuardOperationRequests on which LAC check will be performed"). Sentence and code are Resource
 * Manager's for every linked resource (aad-pod-identity#613); that reading the request is the right in question is assumed.
 */
function checkGuardAccess(cloud: Cloud, call: Call, guard: ResourceGuard, requestId: string): void {
  const { principalId } = call;
  const kind = requestId.split("/").at(-2);
  const access = { action: `Microsoft.DataProtection/resourceGuards/${kind}/read`, scope: requestId };
  if (!guard.withholdsApproval && isAllowed(cloud, call, access)) {
    return;
  }
  throw new ArmError(
    403,
    "LinkedAuthorizationFailed",
    `The client '${principalId}' with object id '${principalId}' has permission to perform action ` +
      `'${accessOf(call)?.action}' on scope '${call.path}'; however, it does not have permission to perform action(s) ` +
      `'${access.action}' on the linked scope(s) '${requestId}' (respectively) or ` +
      "the linked scope(s) are invalid.",
    { "x-ms-failure-cause": "gateway" },
  );
}

function approvalMissing(guard: ResourceGuard, remedy: string): ArmError {
  return refusal(
    userError(
      assumedCodes.approvalMissing,
      `The operation is protected by the Resource Guard ${guard.id}.`,
      `Get access to the Resource Guard from its owner, and ${remedy}.`,
    ),
  );
}
