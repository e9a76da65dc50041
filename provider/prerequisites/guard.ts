import { runCritical } from "../dataProtection/criticalOperation";
import type { GuardApproval } from "../dataProtection/resourceGuard";
import type { Waiting } from "../dataProtection/waiting";
import type { Session } from "../host/session";
import type { PrerequisiteInputs } from "./inputs";
import { kinds } from "./kinds";
import type { WireResource } from "./wireResource";

/** The vault that a resource is or lies in; else the one whose instances need it. */
export function vaultIdOf({ resourceId, neededBy }: PrerequisiteInputs): string {
  return /^.*\/backupVaults\/[^/]+/i.exec(resourceId)?.[0] ?? neededBy?.vaultId ?? resourceId;
}

/** Puts a resource, with the approval of its vault's Resource Guard where that watches over what it takes away. */
export async function putGuarded(
  { service }: Session,
  declared: PrerequisiteInputs,
  body: WireResource,
  put: (approval?: GuardApproval) => Promise<void>,
  waiting: Waiting,
): Promise<void> {
  const { weakening } = kinds[declared.sort];
  if (weakening === undefined) {
    return put();
  }
  const vaultId = vaultIdOf(declared);
  await runCritical(
    { service, vaultId, operations: (before) => weakening(body, before), canNameApprovals: true },
    put,
    waiting,
  );
  service.forgetVault(vaultId);
}

/** Deletes a resource, with the approval of its vault's Resource Guard where that watches over the deletion. */
export async function deleteGuarded(
  { service }: Session,
  state: PrerequisiteInputs,
  remove: () => Promise<void>,
  waiting: Waiting,
): Promise<void> {
  const { deletion } = kinds[state.sort];
  if (deletion === undefined) {
    return remove();
  }
  const vaultId = vaultIdOf(state);
  const removeUnlocked = async (approval?: GuardApproval): Promise<void> => {
    if (approval !== undefined) {
      await service.unlockDelete(vaultId, state.resourceId, approval, waiting.deadline);
    }
    await remove();
  };
  await runCritical(
    { service, vaultId, operations: () => [deletion], canNameApprovals: true },
    removeUnlocked,
    waiting,
  );
  service.forgetVault(vaultId);
}
