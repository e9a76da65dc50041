import { readDeadline } from "../../provider/host/session";
import { explainFailure } from "../../provider/explain/explainFailure";
import type { Azure } from "../azure";
import type { Terminal } from "../terminal";
import { UnhealthyError } from "../unhealthyError";
import type { CommandLine } from "./commandLine";
import { parseCommandLine, usage } from "./commandLine";
import type { VaultStatus } from "./findings";
import { readVaultStatus } from "./findings";
import { describeStatus } from "./report";

/**
 * Tells how the instances of vaults are. A vault that cannot be read does not hide the others.
 *
 * @throws {@link UnhealthyError} when an instance is not protected or late, an error that says what to do when something could not
 *   be read.
 */
export async function runStatus(words: readonly string[], terminal: Terminal): Promise<void> {
  const commandLine = parseCommandLine(words);
  if (commandLine === "help") {
    terminal.print(usage.trimEnd());
    return;
  }
  const azure = await terminal.open();
  const vaults: VaultStatus[] = [];
  const failures: string[] = [];
  for (const vaultId of await vaultsOf(azure, commandLine)) {
    try {
      const vault = await readVaultStatus(azure, vaultId, readDeadline(azure));
      vaults.push(vault);
      failures.push(...vault.problems);
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  terminal.print(describeStatus(vaults, commandLine.output));
  const unwell = describeUnwell(vaults);
  if (failures.length > 0) {
    throw new Error([...failures, ...unwell].join("\n"));
  }
  if (unwell.length > 0) {
    throw new UnhealthyError(unwell.join("\n"));
  }
}

/** One sentence about the instances that are not as they must be; none when there are none. */
function describeUnwell(vaults: readonly VaultStatus[]): string[] {
  const unwell = vaults
    .flatMap(({ instances }) => instances)
    .filter(({ verdict }) => verdict === "late" || verdict === "unprotected");
  const names = unwell.map(({ instance, verdict }) => `${instance.name} (${verdict})`).join(", ");
  return unwell.length === 0
    ? []
    : [`${unwell.length} of the backup instances are not protected or late: ${names}`];
}

async function vaultsOf(azure: Azure, { vaultIds, subscriptionId }: CommandLine): Promise<string[]> {
  if (subscriptionId === undefined) {
    return vaultIds;
  }
  try {
    return (await azure.recovery.listVaults(subscriptionId, readDeadline(azure))).map(({ id }) => id);
  } catch (error) {
    const doing = `listing the Backup vaults of subscription ${subscriptionId}`;
    throw new Error(explainFailure(doing, error, { vaultId: `/subscriptions/${subscriptionId}` }), {
      cause: error,
    });
  }
}
