import { parseResourceId } from "../../provider/azure/resourceId";
import type { BlobRange, RestoredContainer } from "../../provider/dataProtection/recovery/restorePlan";
import { mostContainers, mostRanges } from "../../provider/dataProtection/recovery/restorePlan";
import { instantOf } from "../../provider/dataProtection/recovery/serviceTime";
import { instanceIdOf } from "../../provider/instance/instanceName";
import { instanceNameIn, vaultIdIn } from "../ids";
import type { Limit } from "../limit";
import { limitOf } from "../limit";
import { UsageError, parseOptions } from "../options";
import type { Output } from "../output";
import { outputOf, outputOptions } from "../output";

/** What is restored, and where to. */
export type Wish =
  | { kind: "disk"; targetDiskId: string; point: PointChoice }
  | { kind: "vaulted"; targetAccountId: string; point: PointChoice; containers: RestoredContainer[] }
  | { kind: "inPlace"; instant: number; ranges: BlobRange[] };

/** Which recovery point: the newest, the newest before an instant, or one by its id. */
export type PointChoice = "latest" | { before: number } | { id: string };

/** What the command was asked to do. */
export interface CommandLine {
  vaultId: string;
  backupInstanceId: string;
  wish: Wish;
  grantsRole: boolean;
  timeout: Limit;
  output: Output;
}

/** What `--help` prints. */
export const usage = `Usage: pulumi-azure-dataprotection restore --vault-id ID --instance NAME TARGET [options]

Restores, follows the job, and succeeds only when it has completed and what it makes is there. The service is asked first whether it
would. What an earlier run has begun is followed, and not begun again. Azure allows ten restores a day for an instance.

  --vault-id ID              ARM id of the Backup vault
  --instance NAME            name of the backup instance

a disk, to a new disk:
  --target-disk-id ID        ARM id that the new disk is to have; its resource group is there, and no disk of this name

blobs in the vault, and Data Lake accounts, to another account:
  --target-account-id ID     ARM id of a storage account that is there, other than the one that was backed up
  --container NAME[=NEW]     restores this container, under another name where one is given; can be repeated;
                             default: those that the instance names

blobs of operational backup, in place:
  --time TIME                puts the account's blobs back to what they were then
  --from NAME --to NAME      only blobs from the one name up to the other, without it, each with its container before it:
                             --from invoices/2026-01 --to invoices/2026-02; can be repeated together
  --overwrite                is needed, since what was written after TIME is lost

  --point latest|ID          the recovery point; default latest
  --before TIME              the latest recovery point before this time
  --grant-role               gives the vault's identity what it misses on the target, and takes it away afterwards
  --timeout DURATION         for how long at the most; default 24h. The job goes on in Azure
  --output FORMAT            table (default) or json
  --help                     this text

TIME is ISO 8601, in UTC where it names no zone. Exit code: 0 when all is restored, 1 when it is not. It takes the role "Backup Operator"
on the vault and a right to read the target, --grant-role the right to assign roles there. Credentials and cloud are read from the
environment, as azure-native would. Ctrl-C leaves the job at work, and says how to follow it.
`;

const options = {
  "vault-id": { type: "string" },
  instance: { type: "string" },
  "target-disk-id": { type: "string" },
  "target-account-id": { type: "string" },
  container: { type: "string", multiple: true },
  time: { type: "string" },
  from: { type: "string", multiple: true },
  to: { type: "string", multiple: true },
  overwrite: { type: "boolean" },
  point: { type: "string" },
  before: { type: "string" },
  "grant-role": { type: "boolean" },
  timeout: { type: "string", default: "24h" },
  ...outputOptions,
  help: { type: "boolean" },
} as const;

type Values = ReturnType<typeof parseOptions<typeof options>>;

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
  const vaultId = vaultIdIn(values["vault-id"]);
  if (values.instance === undefined) {
    throw new UsageError("--instance needs the name of a backup instance");
  }
  return {
    vaultId,
    backupInstanceId: instanceIdOf(vaultId, instanceNameIn(values.instance)),
    wish: wishIn(values),
    grantsRole: values["grant-role"] === true,
    timeout: limitOf(values.timeout),
    output: outputOf(values.output),
  };
}

function wishIn(values: Values): Wish {
  const { "target-disk-id": targetDiskId, "target-account-id": targetAccountId, time } = values;
  if ([targetDiskId, targetAccountId, time].filter((value) => value !== undefined).length !== 1) {
    throw new UsageError(
      "one of --target-disk-id (a disk), --target-account-id (blobs in the vault) and --time (blobs in place) is needed",
    );
  }
  if (targetDiskId !== undefined) {
    refuse(values, ["container", "from", "to", "overwrite"], "--target-disk-id");
    const type = "Microsoft.Compute/disks";
    return {
      kind: "disk",
      targetDiskId: idOf("--target-disk-id", targetDiskId, type),
      point: pointIn(values),
    };
  }
  if (targetAccountId !== undefined) {
    refuse(values, ["from", "to", "overwrite"], "--target-account-id");
    const type = "Microsoft.Storage/storageAccounts";
    return {
      kind: "vaulted",
      targetAccountId: idOf("--target-account-id", targetAccountId, type),
      point: pointIn(values),
      containers: containersIn(values.container ?? []),
    };
  }
  refuse(values, ["container", "point", "before"], "--time");
  if (values.overwrite !== true) {
    throw new UsageError(
      "a restore in place overwrites: what was written after --time is lost, and the account cannot be written meanwhile; " +
        "say --overwrite if that is meant",
    );
  }
  return { kind: "inPlace", instant: timeOf("--time", time ?? ""), ranges: rangesIn(values) };
}

function refuse(values: Values, names: readonly (keyof Values)[], by: string): void {
  const given = names.find((name) => values[name] !== undefined);
  if (given !== undefined) {
    throw new UsageError(`--${given} means nothing with ${by}`);
  }
}

function idOf(option: string, given: string, type: string): string {
  if (parseResourceId(given)?.type?.toLowerCase() !== type.toLowerCase()) {
    const wanted = `/subscriptions/<subscription>/resourceGroups/<group>/providers/${type}/<name>`;
    throw new UsageError(`${option} needs an ARM id as in ${wanted}, and "${given}" is none`);
  }
  return given;
}

function pointIn({ point, before }: Values): PointChoice {
  if (before !== undefined) {
    if (point !== undefined) {
      throw new UsageError("--point and --before both name a recovery point: give one of them");
    }
    return { before: timeOf("--before", before) };
  }
  if (point === undefined || point.toLowerCase() === "latest") {
    return "latest";
  }
  if (!/^[0-9a-f]{32}$/i.test(point)) {
    throw new UsageError(
      `--point needs latest or the id of a recovery point (32 hexadecimal digits), and "${point}" is neither`,
    );
  }
  return { id: point.toLowerCase() };
}

function timeOf(option: string, given: string): number {
  const instant = instantOf(given);
  if (instant === undefined) {
    throw new UsageError(`${option} needs a time as in 2026-01-31T02:00:00Z, not ${given || "nothing"}`);
  }
  return instant;
}

function containersIn(given: readonly string[]): RestoredContainer[] {
  const containers = given.map((text) => {
    const [, name = "", renameTo] = /^([^=]*)(?:=(.*))?$/.exec(text) ?? [];
    const wrong = [name, ...(renameTo === undefined ? [] : [renameTo])].find(
      (one) => !/^(\$root|\$web|[a-z0-9](-?[a-z0-9]){2,62})$/.test(one),
    );
    if (wrong !== undefined) {
      throw new UsageError(
        `--container needs the name of a container, or NAME=NEW, and "${text}" is neither`,
      );
    }
    return { name, renameTo };
  });
  const targets = containers.map(({ name, renameTo }) => renameTo ?? name);
  if (new Set(targets).size < targets.length) {
    throw new UsageError("--container: two containers would have one name in the target");
  }
  if (containers.length > mostContainers) {
    throw new UsageError(`--container: one restore takes ${mostContainers} containers at the most`);
  }
  return containers;
}

function rangesIn({ from = [], to = [] }: Values): BlobRange[] {
  if (from.length !== to.length || from.length > mostRanges) {
    throw new UsageError(`--from and --to come in pairs, and ${mostRanges} of them at the most`);
  }
  return from.map((start, index) => {
    const end = to[index] ?? "";
    if (start >= end) {
      throw new UsageError(`--from ${start} does not come before --to ${end}`);
    }
    return { from: start, to: end };
  });
}
