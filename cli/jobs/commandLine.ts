import { instanceNameIn, vaultIdIn } from "../ids";
import { UsageError, parseOptions } from "../options";
import type { Output } from "../output";
import { outputOf, outputOptions, outputUsage } from "../output";
import type { Limit } from "../limit";
import { limitOf } from "../limit";

/** Which jobs are listed. */
export interface JobFilter {
  instanceName: string | undefined;
  /** In small letters. */
  operation: string | undefined;
  /** In small letters. */
  status: string | undefined;
}

/** What the command was asked to do: to list the jobs of a vault, or to tell of one. */
export type CommandLine = { output: Output } & (
  { vaultId: string; filter: JobFilter } | { jobId: string; follow: Limit | undefined }
);

/** What `--help` prints. */
export const usage = `Usage: pulumi-azure-dataprotection jobs --vault-id ID [options]
       pulumi-azure-dataprotection jobs --job-id ID [--follow] [options]

Lists the backups and restores of a vault of the last 14 days, newest first, or tells of one, and waits for its end. One that failed
says why and what to do. It changes nothing.

  --vault-id ID         ARM id of the Backup vault
  --instance NAME       only jobs of this instance
  --operation WORD      only these: backup or restore
  --status WORD         only jobs of this status, such as Failed or InProgress
  --job-id ID           ARM id of a job
  --follow              waits until the job has ended
  --timeout DURATION    for how long at the most; default 24h
${outputUsage}
  --help                this text

Exit code: 0 when the jobs were told, 3 when the one of --job-id has failed, 1 when something could not be read or does not end in time.
Reading takes the role "Backup Reader". Credentials and cloud are read from the environment, as azure-native would.
`;

const options = {
  "vault-id": { type: "string" },
  instance: { type: "string" },
  operation: { type: "string" },
  status: { type: "string" },
  "job-id": { type: "string" },
  follow: { type: "boolean" },
  timeout: { type: "string", default: "24h" },
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
  const { "vault-id": vaultId, "job-id": jobId, instance, operation, status, follow, timeout } = values;
  const output = outputOf(values.output);
  if (jobId === undefined) {
    if (follow === true) {
      throw new UsageError("--follow needs --job-id: one job is followed");
    }
    const filter = {
      instanceName: instance === undefined ? undefined : instanceNameIn(instance),
      operation: operationIn(operation),
      status: status?.toLowerCase(),
    };
    return { vaultId: vaultIdIn(vaultId), filter, output };
  }
  if ([vaultId, instance, operation, status].some((value) => value !== undefined)) {
    throw new UsageError(
      "--job-id names one job: --vault-id, --instance, --operation and --status choose among many",
    );
  }
  if (
    !/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.DataProtection\/backupVaults\/[^/]+\/backupJobs\/[^/?#%\s]+$/i.test(
      jobId,
    )
  ) {
    throw new UsageError(
      `--job-id needs the ARM id of a job, as in <id of the vault>/backupJobs/<GUID>, and "${jobId}" is none`,
    );
  }
  return { jobId, follow: follow === true ? limitOf(timeout) : undefined, output };
}

function operationIn(given: string | undefined): string | undefined {
  const operation = given?.toLowerCase();
  if (operation !== undefined && operation !== "backup" && operation !== "restore") {
    throw new UsageError(`--operation needs backup or restore, not ${given || "nothing"}`);
  }
  return operation;
}
