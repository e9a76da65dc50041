import type { Deadline } from "../../provider/azure/http/deadline";
import { isSameResourceId } from "../../provider/azure/resourceId";
import { datasourceOf } from "../../provider/dataProtection/backupInstance";
import { selectionOf } from "../../provider/dataProtection/containers";
import type { Datasource } from "../../provider/dataProtection/datasource";
import type { RecoveryPoint } from "../../provider/dataProtection/recovery/recoveryPoint";
import type { RestorePlan, RestoredContainer } from "../../provider/dataProtection/recovery/restorePlan";
import {
  diskRestore,
  operationalRestore,
  vaultedRestore,
} from "../../provider/dataProtection/recovery/restorePlan";
import { toServiceTime } from "../../provider/dataProtection/recovery/serviceTime";
import type { WireBackupInstance } from "../../provider/dataProtection/wire";
import type { Azure } from "../azure";
import type { CommandLine, PointChoice, Wish } from "./commandLine";

/** A restore that fits the instance, and the time of the data that it brings back. */
export interface ChosenPlan extends RestorePlan {
  /** ISO 8601. */
  dataTime: string;
}

/**
 * Makes a plan of what was asked for. Looks only.
 *
 * @throws An error that says what there is, when the wish does not fit the instance.
 */
export async function planRestore(
  azure: Azure,
  instance: WireBackupInstance,
  { vaultId, wish }: Pick<CommandLine, "vaultId" | "wish">,
  deadline: Deadline,
): Promise<ChosenPlan> {
  const datasource = datasourceOf(instance);
  if (datasource === undefined) {
    const { datasourceType } = instance.properties.dataSourceInfo;
    throw new Error(
      `restoring from ${instance.id}: it protects a ${datasourceType}, which this command cannot restore`,
    );
  }
  refuseUnlessFits(instance.id, datasource, wish);
  const location = datasource.location ?? (await azure.service.vaultLocation(vaultId, deadline));
  if (wish.kind === "inPlace") {
    return planInPlace(azure, instance.id, datasource, wish, location, deadline);
  }
  const point = await choosePoint(azure, instance.id, wish.point, deadline);
  if (wish.kind === "disk" && datasource.kind === "disk") {
    const plan = diskRestore(instance.id, datasource, point.id, wish.targetDiskId, location);
    return { ...plan, dataTime: point.time };
  }
  if (wish.kind === "vaulted" && datasource.kind !== "disk") {
    const containers = containersOf(datasource, wish.containers);
    const plan = vaultedRestore(
      instance.id,
      datasource,
      point.id,
      wish.targetAccountId,
      location,
      containers,
    );
    return { ...plan, dataTime: point.time };
  }
  throw misfit(instance.id, datasource);
}

/** Each kind of datasource, and each kind of backup, has its own way back. */
function refuseUnlessFits(instanceId: string, datasource: Datasource, wish: Wish): void {
  const fitting =
    datasource.kind === "disk" ? "disk" : selectionOf(datasource) === undefined ? "inPlace" : "vaulted";
  if (wish.kind !== fitting) {
    throw misfit(instanceId, datasource);
  }
  if (
    wish.kind === "vaulted" &&
    datasource.kind !== "disk" &&
    isSameResourceId(wish.targetAccountId, datasource.storageAccountId)
  ) {
    throw new Error(
      `restoring from ${instanceId}: --target-account-id is the account that was backed up, and blobs in the vault are restored ` +
        "to another one only; give another account of the same kind and region",
    );
  }
}

function misfit(instanceId: string, datasource: Datasource): Error {
  const [what, option] =
    datasource.kind === "disk"
      ? ["a disk, which is restored to a new disk", "--target-disk-id"]
      : selectionOf(datasource) === undefined
        ? ["blobs by operational backup, which are put back in place", "--time, with --overwrite"]
        : ["blobs in the vault, which are restored to another account", "--target-account-id"];
  return new Error(`restoring from ${instanceId}: it protects ${what}: give ${option}`);
}

async function choosePoint(
  { recovery }: Azure,
  instanceId: string,
  choice: PointChoice,
  deadline: Deadline,
): Promise<RecoveryPoint> {
  const points = await recovery.listRecoveryPoints(instanceId, deadline);
  const [newest] = points;
  if (newest === undefined) {
    throw new Error(
      `restoring from ${instanceId}: it has no recovery point yet; \`npx pulumi-azure-dataprotection backup\` makes one`,
    );
  }
  if (choice === "latest") {
    return newest;
  }
  const found =
    "id" in choice
      ? points.find(({ id }) => id.toLowerCase() === choice.id)
      : points.find(({ time }) => Date.parse(time) < choice.before);
  if (found !== undefined) {
    return found;
  }
  const asked = "id" in choice ? choice.id : `before ${toServiceTime(choice.before)}`;
  const oldest = points.at(-1) ?? newest;
  throw new Error(
    `restoring from ${instanceId}: it has no recovery point ${asked}; the ${points.length} that it has are of ${oldest.time} to ` +
      `${newest.time} (${points
        .slice(0, 5)
        .map(({ id }) => id)
        .join(", ")}${points.length > 5 ? ", …" : ""})`,
  );
}

/** Points do not tell which containers they hold, so those are restored that the instance names. */
function containersOf(
  datasource: Exclude<Datasource, { kind: "disk" }>,
  asked: readonly RestoredContainer[],
): readonly RestoredContainer[] {
  const containers =
    asked.length > 0 ? asked : (datasource.containers ?? []).map((name) => ({ name, renameTo: undefined }));
  if (containers.length === 0) {
    throw new Error(
      `restoring containers of ${datasource.storageAccountId}: all of the account are backed up, and a recovery point does not tell ` +
        "which it holds; name those to restore with --container",
    );
  }
  return containers;
}

async function planInPlace(
  { recovery }: Azure,
  instanceId: string,
  datasource: Datasource,
  { instant, ranges }: Extract<Wish, { kind: "inPlace" }>,
  location: string,
  deadline: Deadline,
): Promise<ChosenPlan> {
  if (datasource.kind === "disk") {
    throw misfit(instanceId, datasource);
  }
  const range = await recovery.findRestorableRange(instanceId, deadline);
  if (range === undefined) {
    throw new Error(
      `restoring from ${instanceId}: the service names no time yet to which its blobs can be put back`,
    );
  }
  if (instant < Date.parse(range.startTime) || instant > Date.parse(range.endTime)) {
    throw new Error(
      `restoring from ${instanceId}: its blobs can be put back to times from ${range.startTime} to ${range.endTime}, and ` +
        `${toServiceTime(instant)} is none of them`,
    );
  }
  const plan = operationalRestore(instanceId, datasource, instant, location, ranges);
  return { ...plan, dataTime: toServiceTime(instant) };
}
