import { Deadline } from "../../provider/azure/http/deadline";
import { ArmError, OperationFailedError } from "../../provider/azure/http/errors";
import type { Job } from "../../provider/dataProtection/recovery/job";
import { JobFailedError } from "../../provider/dataProtection/recovery/jobWatch";
import {
  NotRestoredError,
  findEarlier,
  restore,
  validateRestore,
} from "../../provider/dataProtection/recovery/restore";
import { isOnlyMissingPermissions } from "../../provider/dataProtection/refusals";
import { describeServiceError, serviceErrorOf } from "../../provider/dataProtection/serviceError";
import type { Waiting } from "../../provider/dataProtection/waiting";
import type { FailureContext } from "../../provider/explain/advice";
import { explainFailure } from "../../provider/explain/explainFailure";
import type { Azure } from "../azure";
import { requireInstance } from "../instance";
import type { Output } from "../output";
import { jsonOf } from "../output";
import type { Terminal } from "../terminal";
import { waitingOf } from "../waiting";
import type { CommandLine } from "./commandLine";
import { parseCommandLine, usage } from "./commandLine";
import type { ChosenPlan } from "./plan";
import { planRestore } from "./plan";
import type { TemporaryRoles } from "./temporaryRoles";
import { grantTemporarily, noRoles } from "./temporaryRoles";

/**
 * Restores.
 *
 * @throws An error that says what to do, when not all is restored in the end.
 */
export async function runRestore(words: readonly string[], terminal: Terminal): Promise<void> {
  const commandLine = parseCommandLine(words);
  if (commandLine === "help") {
    terminal.print(usage.trimEnd());
    return;
  }
  const { vaultId, backupInstanceId, timeout, output } = commandLine;
  const azure = await terminal.open();
  const waiting = waitingOf(azure, timeout, terminal);
  const context: FailureContext = { vaultId };
  try {
    const instance = await requireInstance(azure, backupInstanceId, waiting.deadline);
    const plan = await planRestore(azure, instance, commandLine, waiting.deadline);
    context.requiredRoles = plan.requiredRoles;
    const restored = await perform(azure, plan, commandLine, waiting, terminal);
    terminal.print(describe(plan, restored, output));
  } catch (error) {
    throw new Error(explain(`restoring from ${backupInstanceId}`, error, context), { cause: error });
  }
}

function explain(doing: string, error: unknown, context: FailureContext): string {
  if (error instanceof LeftAtWorkError) {
    return `${explainFailure(doing, error.cause, context)}; ${error.whatGoesOn}`;
  }
  const isRefusal = error instanceof ArmError || error instanceof OperationFailedError;
  const explained = explainFailure(doing, error, context);
  return isRefusal && isOnlyMissingPermissions(serviceErrorOf(error.body))
    ? `${explained}${lateRoles}`
    : explained;
}

const lateRoles =
  ". A role that was assigned a moment ago counts after up to 30 minutes. With --grant-role the command grants what is missing, waits " +
  "until it counts, and takes it away afterwards.";

interface Restored {
  job: Job;
  wasBegun: boolean;
}

/** What was granted for the restore is taken away when it has ended, however it ends. */
async function perform(
  azure: Azure,
  plan: ChosenPlan,
  { vaultId, grantsRole }: CommandLine,
  waiting: Waiting,
  terminal: Terminal,
): Promise<Restored> {
  const earlier = await findEarlier(azure, plan, waiting);
  if (earlier !== undefined) {
    return restore(azure, plan, earlier, waiting, (jobId) => terminal.onInterrupt(describeWork(jobId, [])));
  }
  let granted: readonly string[] = [];
  const tellGranted = (assignmentIds: readonly string[]): void => {
    granted = assignmentIds;
    terminal.onInterrupt(describeGrants(granted));
  };
  const roles = grantsRole
    ? await grantTemporarily(azure, vaultId, plan, waiting.deadline, tellGranted)
    : noRoles;
  let jobId: string | undefined;
  const tellJob = (begun: string): void => {
    jobId = begun;
    terminal.onInterrupt(describeWork(begun, granted));
  };
  const restored = await validateRestore(azure, plan, roles.assignmentIds.length > 0, waiting)
    .then(async () => restore(azure, plan, undefined, waiting, tellJob))
    .catch(async (error: unknown) => {
      const hasEnded = error instanceof JobFailedError || error instanceof NotRestoredError;
      if (jobId !== undefined && !hasEnded) {
        throw new LeftAtWorkError(error, describeWork(jobId, granted));
      }
      await remove(roles, waiting);
      throw error;
    });
  await remove(roles, waiting);
  return restored;
}

/** The wait for a job has ended before the job: its roles are needed yet. */
class LeftAtWorkError extends Error {
  override readonly name = "LeftAtWorkError";

  constructor(
    override readonly cause: unknown,
    readonly whatGoesOn: string,
  ) {
    super(whatGoesOn);
  }
}

/** In its own time: that of the restore may have passed, and roles that stay are what nobody asked for. */
async function remove(roles: TemporaryRoles, { clock }: Waiting): Promise<void> {
  await roles.remove(new Deadline(clock, 5 * 60_000, "the limit of 5m for taking the roles away"));
}

function describeWork(jobId: string, granted: readonly string[]): string {
  const following = `\`npx pulumi-azure-dataprotection jobs --job-id ${jobId} --follow\` follows it`;
  const roles = granted.length === 0 ? "" : `. ${describeGrants(granted)}, once it has ended`;
  return `the restore goes on in Azure; ${following}${roles}`;
}

function describeGrants(granted: readonly string[]): string {
  return `what was granted for it stays: take it away with \`az role assignment delete --ids ${granted.join(" ")}\``;
}

function describe(plan: ChosenPlan, { job, wasBegun }: Restored, output: Output): string {
  const { madeIds, destinationId, pointId, dataTime } = plan;
  if (output === "json") {
    return jsonOf({ restoredIds: madeIds, destinationId, recoveryPointId: pointId, dataTime, job, wasBegun });
  }
  const what = madeIds.length > 0 ? madeIds.join("\n  ") : `${destinationId}, in place`;
  return [
    `restored as of ${dataTime}:\n  ${what}`,
    `job ${job.name}: ${job.status}${wasBegun ? "" : ", which an earlier run has begun"}`,
    ...job.warnings.map((warning) => `warning: ${describeServiceError(warning)}`),
  ].join("\n");
}
