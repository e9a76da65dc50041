import { datasourceOf } from "../../provider/dataProtection/backupInstance";
import { meaningOf, protectionStateOf } from "../../provider/dataProtection/protectionState";
import type { MadeBackup } from "../../provider/dataProtection/recovery/backUp";
import { backUp } from "../../provider/dataProtection/recovery/backUp";
import { describeServiceError } from "../../provider/dataProtection/serviceError";
import type { WireBackupInstance } from "../../provider/dataProtection/wire";
import type { Waiting } from "../../provider/dataProtection/waiting";
import type { FailureContext } from "../../provider/explain/advice";
import { explainFailure } from "../../provider/explain/explainFailure";
import { requireInstance } from "../instance";
import { jsonOf } from "../output";
import type { Azure } from "../azure";
import type { Terminal } from "../terminal";
import { waitingOf } from "../waiting";
import type { CommandLine } from "./commandLine";
import { parseCommandLine, usage } from "./commandLine";

/**
 * Makes a backup on demand.
 *
 * @throws An error that says what to do, when there is no recovery point in the end.
 */
export async function runBackup(words: readonly string[], terminal: Terminal): Promise<void> {
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
    context.datasource = datasourceOf(instance);
    const made = await make(azure, instance, commandLine, waiting, terminal);
    terminal.print(output === "json" ? jsonOf(documentOf(made)) : describeBackup(made));
  } catch (error) {
    throw new Error(explainFailure(`backing up ${backupInstanceId}`, error, context), { cause: error });
  }
}

async function make(
  azure: Azure,
  instance: WireBackupInstance,
  { backupInstanceId, ruleName }: CommandLine,
  waiting: Waiting,
  terminal: Terminal,
): Promise<MadeBackup> {
  refuseUnlessProtected(instance);
  const { policyId } = instance.properties.policyInfo;
  const { ruleNames } = await azure.recovery.getSchedule(policyId, waiting.deadline);
  const rule = chooseRule(ruleNames, ruleName, policyId);
  return backUp(azure.recovery, backupInstanceId, rule, waiting, (jobId) =>
    terminal.onInterrupt(
      `the backup goes on in Azure; \`npx pulumi-azure-dataprotection jobs --job-id ${jobId} --follow\` follows it`,
    ),
  );
}

function refuseUnlessProtected(instance: WireBackupInstance): void {
  const state = protectionStateOf(instance);
  if (meaningOf(state) !== "protected") {
    throw new Error(
      `backing up ${instance.id}: its protection state is ${state}, and nothing is backed up whose protection is not ` +
        "configured; `pulumi up` of the stack that declares it says why, and repairs it where it can",
    );
  }
}

function chooseRule(ruleNames: readonly string[], asked: string | undefined, policyId: string): string {
  const names = ruleNames.map((name) => `"${name}"`).join(", ");
  if (ruleNames.length === 0) {
    throw new Error(
      `policy ${policyId} has no backup rule, since its backup is continuous: there is nothing to start, and ` +
        "`npx pulumi-azure-dataprotection status` tells up to when its blobs can be put back",
    );
  }
  const [only] = ruleNames;
  const chosen = asked ?? (ruleNames.length === 1 ? only : undefined);
  if (chosen === undefined || !ruleNames.includes(chosen)) {
    const wrong = asked === undefined ? "has several backup rules" : `has no backup rule "${asked}"`;
    throw new Error(`policy ${policyId} ${wrong}; give one of ${names} with --rule`);
  }
  return chosen;
}

function describeBackup({ job, point, wasRunning }: MadeBackup): string {
  return [
    ...(wasRunning ? ["a backup was at work already, so no other was begun"] : []),
    `recovery point ${point.id} of ${point.time} (${job.status}, job ${job.name})`,
    ...job.warnings.map((warning) => `warning: ${describeServiceError(warning)}`),
  ].join("\n");
}

function documentOf({ job, point, wasRunning }: MadeBackup): object {
  return { recoveryPoint: point, job, wasRunning };
}
