import { vaultIdIn } from "../ids";
import { UsageError, parseOptions } from "../options";
import type { Output } from "../output";
import { outputOf, outputOptions, outputUsage } from "../output";

/** What the command was asked to do. */
export interface CommandLine {
  /** ARM ids of the vaults; empty where a subscription is given. */
  vaultIds: string[];
  /** The subscription whose vaults are looked at, all of them. */
  subscriptionId: string | undefined;
  output: Output;
}

/** What `--help` prints. */
export const usage = `Usage: pulumi-azure-dataprotection status --vault-id ID | --subscription-id ID [options]

Tells of each backup instance its protection state, when it was backed up last, how old that is against its policy, and why its
last backup failed; soft-deleted ones with the date from which they are gone. It changes nothing.

  --vault-id ID         ARM id of a Backup vault; can be repeated
  --subscription-id ID  looks at all vaults of the subscription
${outputUsage}
  --help                this text

Exit code: 0 when every instance is protected and none is late, 3 when one is not, 1 when something could not be read. An instance
is late when its last good backup is older than one and a half times the interval of its policy; one that has no backup yet is not.
Reading takes the role "Backup Reader". Credentials and cloud are read from the environment, as azure-native would.
`;

const options = {
  "vault-id": { type: "string", multiple: true },
  "subscription-id": { type: "string" },
  ...outputOptions,
  help: { type: "boolean" },
} as const;

/**
 * Reads the words after the command's name.
 *
 * @returns `"help"` when only the usage is wanted.
 * @throws {@link UsageError}
 */
export function parseCommandLine(words: readonly string[]): CommandLine | "help" {
  const values = parseOptions(words, options);
  if (values.help === true) {
    return "help";
  }
  const { "vault-id": given = [], "subscription-id": subscriptionId, output } = values;
  if (given.length > 0 === (subscriptionId !== undefined)) {
    throw new UsageError("either --vault-id or --subscription-id is needed, and not both");
  }
  if (subscriptionId !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subscriptionId)) {
    throw new UsageError(`--subscription-id needs the id of a subscription, and "${subscriptionId}" is none`);
  }
  return { vaultIds: given.map(vaultIdIn), subscriptionId, output: outputOf(output) };
}
