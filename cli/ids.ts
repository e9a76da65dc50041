import { parseResourceId } from "../provider/azure/resourceId";
import { nameProblem } from "../provider/instance/instanceName";
import { UsageError } from "./options";

const vaultType = "Microsoft.DataProtection/backupVaults";

/**
 * The id that `--vault-id` was given.
 *
 * @throws {@link UsageError} when it is none of a vault.
 */
export function vaultIdIn(given: string | undefined): string {
  if (parseResourceId(given ?? "")?.type?.toLowerCase() === vaultType.toLowerCase()) {
    return String(given);
  }
  const wanted = `the ARM id of a Backup vault, as in /subscriptions/<subscription>/resourceGroups/<group>/providers/${vaultType}/<name>`;
  throw new UsageError(`--vault-id needs ${wanted}${given === undefined ? "" : `, and "${given}" is none`}`);
}

/**
 * The name that `--instance` was given.
 *
 * @throws {@link UsageError} when no instance can be named so.
 */
export function instanceNameIn(given: string): string {
  const problem = nameProblem(given);
  if (problem !== undefined) {
    throw new UsageError(`--instance: ${problem}`);
  }
  return given;
}
