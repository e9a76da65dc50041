import { instanceNameIn, vaultIdIn } from "../ids";
import type { Limit } from "../limit";
import { limitOf } from "../limit";
import { UsageError, parseOptions } from "../options";
import type { Output } from "../output";
import { outputOf, outputOptions, outputUsage } from "../output";
import { instanceIdOf } from "../../provider/instance/instanceName";

/** What the command was asked to do. */
export interface CommandLine {
  vaultId: string;
  backupInstanceId: string;
  /** The policy's rule to back up by; its only one without it. */
  ruleName: string | undefined;
  timeout: Limit;
  output: Output;
}

/** What `--help` prints. */
export const usage = `Usage: pulumi-azure-dataprotection backup --vault-id ID --instance NAME [options]

Makes a backup on demand, follows its job, and succeeds only when there is a recovery point of it. One that is at work already is
followed, and no other is begun. Azure allows ten a day for an instance.

  --vault-id ID       ARM id of the Backup vault
  --instance NAME     name of the backup instance
  --rule NAME         the policy's backup rule to go by; default: its only one
  --timeout DURATION  for how long at the most; default 6h. The job goes on in Azure
${outputUsage}
  --help              this text

Exit code: 0 when there is a recovery point, 1 when there is none. It takes the role "Backup Operator" on the vault. Credentials and
cloud are read from the environment, as azure-native would. Ctrl-C leaves the job at work, and says how to follow it.
`;

const options = {
  "vault-id": { type: "string" },
  instance: { type: "string" },
  rule: { type: "string" },
  timeout: { type: "string", default: "6h" },
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
  const { instance, rule: ruleName, timeout, output } = values;
  const vaultId = vaultIdIn(values["vault-id"]);
  if (instance === undefined) {
    throw new UsageError("--instance needs the name of a backup instance");
  }
  return {
    vaultId,
    backupInstanceId: instanceIdOf(vaultId, instanceNameIn(instance)),
    ruleName,
    timeout: limitOf(timeout),
    output: outputOf(output),
  };
}
