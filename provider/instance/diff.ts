import { asRecord, isObject, text } from "../azure/json";
import { isSameResourceId } from "../azure/resourceId";
import { isSameSelection, selectionOf } from "../dataProtection/containers";
import type { Datasource } from "../dataProtection/datasource";
import { kindNamed } from "../dataProtection/datasourceKinds";
import type { CheckedInputs } from "./inputs";
import { assumingKept, unknownPaths } from "../lifecycle/unknownValues";

/** What `diff` returns to the engine. */
export interface DiffResult {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

/**
 * Compares what is declared with what is kept in state. Ids are compared as Azure compares them, without regard to case.
 * A replacement deletes the old instance first, because a datasource can be protected once only. What is not known yet counts
 * as unchanged: see {@link unknownNotice}.
 */
export function diff(olds: CheckedInputs, declared: CheckedInputs): DiffResult {
  const news = assumingKept(declared, olds);
  const replaces = replacedProperties(olds, news);
  const changes = replaces.length > 0 || hasChanged(olds, news);
  return { changes, replaces, deleteBeforeReplace: true };
}

/**
 * What a preview says of values that are known in the update only; `undefined` where nothing depends on any. They announce
 * nothing: a replacement that does not come would teach people not to read previews.
 */
export function unknownNotice(declared: CheckedInputs): string | undefined {
  const { vaultId, policyId, userAssignedIdentityId, name } = declared;
  const { location: _location, ...parts } = asRecord(declared.datasource);
  const datasource: unknown = isObject(declared.datasource) ? parts : declared.datasource;
  const replacing = unknownPaths({ vaultId, datasource: immutablePart(datasource) });
  const changing = unknownPaths({ policyId, userAssignedIdentityId, datasource });
  const paths = [...new Set([...replacing, ...changing])];
  const all = paths.length === 0 ? unknownPaths({ name }) : paths;
  return all.length === 0
    ? undefined
    : `${all.join(", ")}: known in the update only, so nothing is announced for it here; where it turns out to be another, the ` +
        `update ${replacing.length > 0 || paths.length === 0 ? "replaces" : "changes"} this backup instance`;
}

/** What of a datasource cannot be changed in place. */
function immutablePart(datasource: unknown): unknown {
  const properties = asRecord(datasource);
  const kind = kindNamed(text(properties.kind) ?? "");
  return kind === undefined
    ? datasource
    : Object.fromEntries(kind.immutableProperties.map((property) => [property, properties[property]]));
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
  return typeof old === "string" && typeof declared === "string"
    ? !isSameResourceId(old, declared)
    : JSON.stringify(old) !== JSON.stringify(declared);
}
