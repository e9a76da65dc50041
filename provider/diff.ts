import { isSameResourceId } from "./azure/resourceId";
import { isSameIdentity } from "./dataProtection/backupInstance";
import { isSameSelection, selectionOf } from "./dataProtection/containers";
import type { Datasource } from "./dataProtection/datasource";
import { kindOf } from "./dataProtection/datasourceKinds";
import type { CheckedInputs } from "./inputs";
import { isUnknown } from "./inputs";

/** What `diff` returns to the engine. */
export interface DiffResult {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

/**
 * Compares what is declared with what is kept in state. Ids are compared as Azure compares them, without regard to case.
 * A replacement deletes the old instance first, because a datasource can be protected once only.
 */
export function diff(olds: CheckedInputs, news: CheckedInputs): DiffResult {
  const replaces = replacedProperties(olds, news);
  const changes = replaces.length > 0 || hasChanged(olds, news);
  return { changes, replaces, deleteBeforeReplace: true };
}

function replacedProperties(olds: CheckedInputs, news: CheckedInputs): string[] {
  const replaces = (["vaultId", "name"] as const).filter((property) =>
    isOther(olds[property], news[property]),
  );
  return isOtherDatasource(olds.datasource, news.datasource) ? [...replaces, "datasource"] : replaces;
}

function isOtherDatasource(old: Datasource, declared: Datasource): boolean {
  if (old.kind !== declared.kind) {
    return true;
  }
  const oldProperties = { ...old } as Record<string, unknown>;
  const declaredProperties = { ...declared } as Record<string, unknown>;
  return kindOf(old).immutableProperties.some((property) =>
    isOther(oldProperties[property], declaredProperties[property]),
  );
}

function hasChanged(olds: CheckedInputs, news: CheckedInputs): boolean {
  return (
    isOther(olds.policyId, news.policyId) ||
    olds.friendlyName !== news.friendlyName ||
    !isSameIdentity(olds.userAssignedIdentityId, news.userAssignedIdentityId) ||
    isUnknown(news.datasource) ||
    !isSameSelection(selectionOf(olds.datasource), selectionOf(news.datasource)) ||
    olds.onDelete !== news.onDelete ||
    olds.onFailure !== news.onFailure ||
    news.rolesFailure !== undefined ||
    olds.recoverSoftDeleted !== news.recoverSoftDeleted ||
    olds.healDrift !== news.healDrift ||
    (news.takeOverFrom !== undefined && olds.claimedBy !== news.claimedBy) ||
    JSON.stringify(olds.timeouts ?? {}) !== JSON.stringify(news.timeouts ?? {}) ||
    // Only an update renews the copy of the text in the outputs, which is the one that refresh and destroy run.
    olds.__provider !== news.__provider
  );
}

function isOther(old: unknown, declared: unknown): boolean {
  return isUnknown(declared) || !isSameResourceId(String(old), String(declared));
}
