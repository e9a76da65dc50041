import { asRecord, text } from "../azure/json";
import { isSameResourceId } from "../azure/resourceId";
import { isSameSelection, selectionOf } from "../dataProtection/containers";
import type { Datasource } from "../dataProtection/datasource";
import { kindNamed } from "../dataProtection/datasourceKinds";
import type { CheckedInputs } from "./inputs";
import { isUnknown } from "../lifecycle/unknownValues";

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

function isOtherDatasource(old: unknown, declared: unknown): boolean {
  const [oldProperties, declaredProperties] = [asRecord(old), asRecord(declared)];
  const kind = kindNamed(text(declaredProperties.kind) ?? "");
  if (kind === undefined || oldProperties.kind !== declaredProperties.kind) {
    return isOther(old, declared);
  }
  return kind.immutableProperties.some((property) =>
    isOther(oldProperties[property], declaredProperties[property]),
  );
}

function hasChanged(olds: CheckedInputs, news: CheckedInputs): boolean {
  return (
    isOther(olds.policyId, news.policyId) ||
    isOther(olds.userAssignedIdentityId ?? "", news.userAssignedIdentityId ?? "") ||
    isUnknown(news.datasource) ||
    news.rolesFailure !== undefined ||
    isToBeClaimed(olds, news) ||
    !isSameSelection(selectionIn(olds.datasource), selectionIn(news.datasource)) ||
    keptProperties.some(
      (property) => JSON.stringify(olds[property] ?? {}) !== JSON.stringify(news[property] ?? {}),
    )
  );
}

/** An instance that no stack has claimed yet, such as an imported one, is claimed with its first change or on demand. */
function isToBeClaimed(olds: CheckedInputs, { claimedBy, takeOverFrom }: CheckedInputs): boolean {
  return olds.claimedBy !== claimedBy && (olds.claimedBy !== undefined || takeOverFrom !== undefined);
}

/** What state keeps for other verbs besides, which an update renews. To leave a property out and to give it empty is the same. */
const keptProperties = [
  "friendlyName",
  "onDelete",
  "onFailure",
  "recoverSoftDeleted",
  "healDrift",
  "timeouts",
  // The copy of the text in the outputs is the one that refresh and destroy run.
  "__provider",
] as const;

function selectionIn(datasource: unknown): ReturnType<typeof selectionOf> {
  return selectionOf(asRecord(datasource) as unknown as Datasource);
}

/** Ids are compared as Azure does. */
function isOther(old: unknown, declared: unknown): boolean {
  if (isUnknown(declared)) {
    return true;
  }
  return typeof old === "string" && typeof declared === "string"
    ? !isSameResourceId(old, declared)
    : JSON.stringify(old) !== JSON.stringify(declared);
}
