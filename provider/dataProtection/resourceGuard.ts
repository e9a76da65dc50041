import { asArray, asRecord, text } from "../azure/json";
import { parseResourceId } from "../azure/resourceId";

const criticalOperations = [
  "backupInstances/delete",
  "backupInstances/write",
  "backupInstances/stopProtection/action",
  "backupInstances/suspendBackups/action",
  "backupInstances/restore/action",
  "write#reduceSoftDeleteSecurity",
  "write#reduceImmutabilityState",
  "write#modifyEncryptionSettings",
  "backupResourceGuardProxies/delete",
] as const;

/** What people who own neither vault nor stack may watch over, as guards name it after `backupVaults/`. */
export type CriticalOperation = (typeof criticalOperations)[number];

/** A Resource Guard: without rights on it, nobody does to the vault what it watches over (multi-user authorization). */
export interface ResourceGuard {
  id: string;
  /** The ids of the requests that stand for its approval, by the operation; those that it does not watch over are not there. */
  requestIds: ReadonlyMap<CriticalOperation, string>;
}

/** The approval of a guard, as requests to the vault name it. Whether we have it is for Resource Manager to judge. */
export interface GuardApproval {
  requestIds: string[];
  /** Whether the guard may be in another tenant than the vault, since it is in another subscription. */
  mayCrossTenants: boolean;
}

/**
 * Reads the guard from what binds it to the vault, `DppResourceGuardProxy`: it maps operations to requests, as in
 * `Microsoft.DataProtection/backupVaults/backupInstances/delete` to `<guard>/deleteBackupInstanceRequests/default`.
 */
export function readResourceGuard(proxy: unknown): ResourceGuard | undefined {
  const { resourceGuardResourceId, resourceGuardOperationDetails } = asRecord(asRecord(proxy).properties);
  const id = text(resourceGuardResourceId);
  if (id === undefined) {
    return undefined;
  }
  const details = asArray(resourceGuardOperationDetails).map(asRecord);
  const requestIds = criticalOperations.flatMap((operation): [CriticalOperation, string][] => {
    const suffix = `/backupVaults/${operation}`.toLowerCase();
    const detail = details.find((one) => text(one.vaultCriticalOperation)?.toLowerCase().endsWith(suffix));
    const requestId = text(detail?.defaultResourceRequest);
    return requestId === undefined ? [] : [[operation, requestId]];
  });
  return { id, requestIds: new Map(requestIds) };
}

/** The approval that a request to the vault needs; `undefined` when the guard watches over nothing that it does. */
export function approvalFor(
  operations: readonly CriticalOperation[],
  vaultId: string,
  guard: ResourceGuard,
): GuardApproval | undefined {
  const requestIds = operations.flatMap((operation) => guard.requestIds.get(operation) ?? []);
  if (requestIds.length === 0) {
    return undefined;
  }
  const [ofVault, ofGuard] = [vaultId, guard.id].map((id) =>
    parseResourceId(id)?.subscriptionId.toLowerCase(),
  );
  return { requestIds, mayCrossTenants: ofVault !== ofGuard };
}

/** The approval as a part of a body. */
export function requestsFor(
  approval: GuardApproval | undefined,
): { resourceGuardOperationRequests: string[] } | undefined {
  return approval && { resourceGuardOperationRequests: approval.requestIds };
}
