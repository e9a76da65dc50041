import { isSameResourceId } from "../azure/resourceId";
import { isUnknown } from "../lifecycle/unknownValues";
import { isOther } from "./changes";
import type { DeclaredPrerequisite, PrerequisiteInputs } from "./inputs";
import { kinds } from "./kinds";

/**
 * Decides the names that the program leaves to this package. A default name is made of the names of stack, project and
 * component, and Azure renames nothing: so it is chosen once, when the resource is made, and from then on it is the one that
 * state holds, whatever stack, project, component or parent are called by then. Only where another place or another content
 * is declared, the resource is another one, with a name of its own.
 *
 * @param olds - What state holds; nothing for a resource that is new, or that is made anew in the place of an old one.
 */
export function withKeptNames(
  olds: Partial<PrerequisiteInputs>,
  {
    hasDefaultName,
    neededBy,
    snapshotsOf: _snapshotsOf,
    vaultNames: _vaultNames,
    ...news
  }: DeclaredPrerequisite,
): PrerequisiteInputs {
  const declared = { ...news, ...keptContent(olds, news) };
  const isOtherContent = kinds[declared.sort].isImmutable && isOther(olds.properties, declared.properties);
  const resourceId =
    hasDefaultName && !isOtherContent ? keptId(olds.resourceId, declared.resourceId) : declared.resourceId;
  if (neededBy === undefined) {
    return { ...declared, resourceId };
  }
  const { hasDefaultName: isVaultDefault, ...needed } = neededBy;
  // A resource group is declared before the vault that lies in it, and with the id that this would have by default.
  const vaultId = moved(needed.vaultId, declared.resourceId, resourceId);
  const keptVaultId = isVaultDefault ? keptId(olds.neededBy?.vaultId, vaultId) : vaultId;
  return { ...declared, resourceId, neededBy: { ...needed, vaultId: keptVaultId } };
}

/** What a resource is, of kinds that it cannot change of: as state holds it for as long as nothing else is known. */
function keptContent(
  olds: Partial<PrerequisiteInputs>,
  { sort, properties }: PrerequisiteInputs,
): Pick<PrerequisiteInputs, "properties"> {
  const isKept = kinds[sort].isImmutable && isUnknown(properties) && olds.properties !== undefined;
  return isKept ? { properties: olds.properties } : {};
}

/** The id that state holds, where it means the same place. */
function keptId(kept: string | undefined, declared: string): string {
  const isSamePlace =
    kept !== undefined && (isUnknown(declared) || isSameResourceId(placeOf(kept), placeOf(declared)));
  return isSamePlace && !isUnknown(kept) ? kept : declared;
}

/** An id without the name at its end. */
export function placeOf(resourceId: string): string {
  return resourceId.replace(/[^/]+$/, "");
}

/** The id of something that is, or lies in, what has another id now. */
function moved(id: string, from: string, to: string): string {
  return id === from || id.startsWith(`${from}/`) ? `${to}${id.slice(from.length)}` : id;
}
