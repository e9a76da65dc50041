import { isNotFound } from "../../provider/azure/http/errors";
import type { Job } from "../../provider/dataProtection/recovery/job";
import { meaningOfJob } from "../../provider/dataProtection/recovery/job";
import { JobFailedError, followJob } from "../../provider/dataProtection/recovery/jobWatch";
import { explainFailure } from "../../provider/explain/explainFailure";
import { readDeadline } from "../../provider/host/session";
import type { Azure } from "../azure";
import type { Terminal } from "../terminal";
import { UnhealthyError } from "../unhealthyError";
import { waitingOf } from "../waiting";
import type { CommandLine, JobFilter } from "./commandLine";
import { parseCommandLine, usage } from "./commandLine";
import { describeJob, describeJobs } from "./report";

/**
 * Lists the jobs of a vault, or tells of one.
 *
 * @throws {@link UnhealthyError} when the one has failed, an error that says what to do when something could not be read.
 */
export async function runJobs(words: readonly string[], terminal: Terminal): Promise<void> {
  const commandLine = parseCommandLine(words);
  if (commandLine === "help") {
    terminal.print(usage.trimEnd());
    return;
  }
  const azure = await terminal.open();
  await ("vaultId" in commandLine ? list(azure, commandLine, terminal) : tell(azure, commandLine, terminal));
}

async function list(
  azure: Azure,
  { vaultId, filter, output }: Extract<CommandLine, { vaultId: string }>,
  terminal: Terminal,
): Promise<void> {
  try {
    const jobs = await azure.recovery.listJobs(vaultId, readDeadline(azure));
    const now = azure.service.client.clock.now();
    terminal.print(
      describeJobs(
        jobs.filter((job) => fits(job, filter)),
        output,
        now,
      ),
    );
  } catch (error) {
    throw new Error(explainFailure(`listing the jobs of vault ${vaultId}`, error, { vaultId }), {
      cause: error,
    });
  }
}

function fits(job: Job, { instanceName, operation, status }: JobFilter): boolean {
  const ofInstance = job.backupInstanceId.toLowerCase().endsWith(`/${instanceName?.toLowerCase()}`);
  return (
    (instanceName === undefined || ofInstance) &&
    (operation === undefined || job.operation.toLowerCase() === operation) &&
    (status === undefined || job.status.toLowerCase() === status)
  );
}

async function tell(
  azure: Azure,
  { jobId, follow, output }: Extract<CommandLine, { jobId: string }>,
  terminal: Terminal,
): Promise<void> {
  const job = await read(azure, jobId, follow, terminal);
  terminal.print(describeJob(job, output));
  if (meaningOfJob(job) === "failed") {
    const failure = explainFailure("", new JobFailedError(job), { vaultId: vaultIdOf(jobId) });
    throw new UnhealthyError(failure);
  }
}

function vaultIdOf(jobId: string): string {
  return jobId.replace(/\/backupJobs\/[^/]+$/i, "");
}

async function read(
  azure: Azure,
  jobId: string,
  follow: Extract<CommandLine, { jobId: string }>["follow"],
  terminal: Terminal,
): Promise<Job> {
  try {
    return await (follow === undefined
      ? azure.recovery.getJob(jobId, readDeadline(azure))
      : followJob(azure.recovery, jobId, waitingOf(azure, follow, terminal)));
  } catch (error) {
    if (error instanceof JobFailedError) {
      return error.job;
    }
    const vaultId = vaultIdOf(jobId);
    if (isNotFound(error)) {
      const listing = `\`npx pulumi-azure-dataprotection jobs --vault-id ${vaultId}\``;
      throw new Error(
        `reading job ${jobId}: it is not there; the service remembers jobs for 14 days, and ${listing} lists them`,
        { cause: error },
      );
    }
    throw new Error(explainFailure(`reading job ${jobId}`, error, { vaultId }), { cause: error });
  }
}
