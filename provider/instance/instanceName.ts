import { canonicalResourceId, parseResourceId } from "../azure/resourceId";
import { uuidOf } from "../azure/uuid";

/**
 * The default name of the instance that protects a datasource: the resource's name and a UUID made of its id, as in
 * Microsoft's documents, but the same on every run, so that a second run finds what the first one made.
 *
 * @example
 * instanceNameOf("/subscriptions/.../disks/data"); // "data-5b0e2c0e-..."
 */
export function instanceNameOf(datasourceId: string): string {
  const resourceName = parseResourceId(datasourceId)?.name.toLowerCase() ?? "";
  return `${resourceName}-${uuidOf(canonicalResourceId(datasourceId))}`;
}

/** ARM id of an instance. */
export function instanceIdOf(vaultId: string, name: string): string {
  return `${vaultId}/backupInstances/${name}`;
}

/** The service has no rule for names (OpenAPI readme); these characters would break the path or the id. */
const forbiddenCharacters = /[/?#%\\<>&:*\p{Cc}]/u;
const longestName = 260;

/** What is wrong with a name that somebody chose; `undefined` when nothing is. */
export function nameProblem(name: string): string | undefined {
  const rule = `give 1 to ${longestName} characters, no space at the ends, none of / ? # % \\ < > & : *`;
  const isGood =
    name.length > 0 && name.length <= longestName && name.trim() === name && !forbiddenCharacters.test(name);
  return isGood && name !== "." && name !== ".."
    ? undefined
    : `"${name}" cannot be the name of an instance; ${rule}`;
}
