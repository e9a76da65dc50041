import { asArray, asRecord, text } from "../azure/json";
import { parseResourceId } from "../azure/resourceId";

/** What people who own neither vault nor stack may watch over in the life of an instance, as guards name it after `backupInstances/`. */
export type CriticalOperation = "delete" | "write" | "stopProtection/action" | "suspendBackups/action";

/** A Resource Guard: without rights on it, nobody does to the vault what it watches over (multi-user authorization). */
export interface ResourceGuard {
  id: string;
  /** The ids of the requests that stand for its approval, by the operation; those that it does not watch over are not there. */
  requestIds: ReadonlyMap<CriticalOperation, string>;
}

/** The approval of a guard, as requests to the vault name it. Whether we have it is for Resource Manager to judge. */
export interface GuardApproval {
  requestId: string;
  /** Whether the guard may be in another tenant than the vault, since it is in another subscription. */
  mayCrossTenants: boolean;
}

const criticalOperations: readonly CriticalOperation[] = [
  "delete",
  "write",
  "stopProtection/action",
  "suspendBackups/action",
];

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
    const suffix = `/backupInstances/${operation}`.toLowerCase();
    const detail = details.find((one) => text(one.vaultCriticalOperation)?.toLowerCase().endsWith(suffix));
    const requestId = text(detail?.defaultResourceRequest);
    return requestId === undefined ? [] : [[operation, requestId]];
  });
  return { id, requestIds: new Map(requestIds) };
}

/** The approval that an operation on the vault needs; `undefined` when the guard does not watch over it. */
export function approvalFor(
  operation: CriticalOperation,
  vaultId: string,
  guard: ResourceGuard,
): GuardApproval | undefined {
  const requestId = guard.requestIds.get(operation);
  if (requestId === undefined) {
    return undefined;
  }
  const [ofVault, ofGuard] = [vaultId, guard.id].map((id) =>
    parseResourceId(id)?.subscriptionId.toLowerCase(),
  );
  return { requestId, mayCrossTenants: ofVault !== ofGuard };
}
