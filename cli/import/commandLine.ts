import { instanceNameIn, vaultIdIn } from "../ids";
import { UsageError, parseOptions } from "../options";

/** What the command was asked to do. */
export interface CommandLine {
  /** ARM id of the vault whose instances are imported. */
  vaultId: string;
  /** Names of the instances to import; empty for all of the vault. */
  instanceNames: string[];
  /** The file for `pulumi import -f`. */
  importFile: string;
  /** The file for the declarations. */
  programFile: string;
}

/** What `--help` prints. */
export const usage = `Usage: pulumi-azure-dataprotection import --vault-id ID [options]

Reads existing backup instances from Azure and writes the file that "pulumi import -f" takes, and the declarations that
belong into the program. It changes nothing in Azure and nothing in the stack.

  --vault-id ID    ARM id of the Backup vault
  --instance NAME  imports only this instance of the vault; can be repeated; default: all
  --out FILE       the file for "pulumi import -f"; default import.json
  --program FILE   the file for the declarations; default imported.ts
  --help           this text

Credentials and cloud are those that azure-native would use, read from the environment only: the ARM_* variables, or the
account that the Azure CLI is signed in to. The configuration of a stack is not read.
`;

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
  const { instance: instanceNames = [], out: importFile, program: programFile } = values;
  if (importFile === "" || programFile === "" || importFile === programFile) {
    throw new UsageError("--out and --program need the names of two files");
  }
  return {
    vaultId: vaultIdIn(values["vault-id"]),
    instanceNames: instanceNames.map(instanceNameIn),
    importFile,
    programFile,
  };
}

const options = {
  "vault-id": { type: "string" },
  instance: { type: "string", multiple: true },
  out: { type: "string", default: "import.json" },
  program: { type: "string", default: "imported.ts" },
  help: { type: "boolean" },
} as const;
