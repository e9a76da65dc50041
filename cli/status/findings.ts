import type { Deadline } from "../../provider/azure/http/deadline";
import { canonicalResourceId } from "../../provider/azure/resourceId";
import { datasourceOf } from "../../provider/dataProtection/backupInstance";
import type { UnreadInstance } from "../../provider/dataProtection/instanceList";
import type { BackupSchedule } from "../../provider/dataProtection/recovery/backupSchedule";
import type { BackupHealth } from "../../provider/dataProtection/recovery/health";
import { healthOf, lastCompletedIn } from "../../provider/dataProtection/recovery/health";
import type { Job } from "../../provider/dataProtection/recovery/job";
import type { WireBackupInstance, WireDeletedBackupInstance } from "../../provider/dataProtection/wire";
import { explainFailure } from "../../provider/explain/explainFailure";
import type { Azure } from "../azure";

/** An instance, and how it is. */
export interface InstanceStatus extends BackupHealth {
  instance: WireBackupInstance;
  schedule: BackupSchedule | undefined;
}

/** What was found out about a vault. */
export interface VaultStatus {
  vaultId: string;
  instances: InstanceStatus[];
  softDeleted: WireDeletedBackupInstance[];
  /** Instances of which nothing can be told, since they are of another form. */
  unread: UnreadInstance[];
}

/**
 * Reads a vault: its instances, its jobs, and each policy once.
 *
 * @throws An error that says what to do, when it cannot be read.
 */
export async function readVaultStatus(
  azure: Azure,
  vaultId: string,
  deadline: Deadline,
): Promise<VaultStatus> {
  const { service, recovery } = azure;
  try {
    const { instances, unread } = await service.listInstances(vaultId, deadline);
    if (instances.length + unread.length === 0) {
      // The list of a vault that is not there is empty, too.
      await service.vaultLocation(vaultId, deadline);
    }
    const jobs = await recovery.listJobs(vaultId, deadline);
    const schedules = await readSchedules(azure, instances, deadline);
    const statuses: InstanceStatus[] = [];
    for (const instance of instances) {
      const schedule = schedules.get(canonicalResourceId(instance.properties.policyInfo.policyId));
      statuses.push(await readStatus(azure, instance, schedule, jobs, deadline));
    }
    const { instances: softDeleted } = await service.listDeleted(vaultId, deadline);
    return { vaultId, instances: statuses, softDeleted, unread };
  } catch (error) {
    throw new Error(explainFailure(`reading vault ${vaultId}`, error, { vaultId }), { cause: error });
  }
}

async function readSchedules(
  { recovery }: Azure,
  instances: readonly WireBackupInstance[],
  deadline: Deadline,
): Promise<Map<string, BackupSchedule>> {
  const policyIds = new Map(
    instances.map(({ properties: { policyInfo } }) => [
      canonicalResourceId(policyInfo.policyId),
      policyInfo.policyId,
    ]),
  );
  const schedules = new Map<string, BackupSchedule>();
  for (const [key, policyId] of policyIds) {
    schedules.set(key, await recovery.getSchedule(policyId, deadline));
  }
  return schedules;
}

async function readStatus(
  azure: Azure,
  instance: WireBackupInstance,
  schedule: BackupSchedule | undefined,
  jobs: readonly Job[],
  deadline: Deadline,
): Promise<InstanceStatus> {
  const isTold = lastCompletedIn(instance, jobs) !== undefined;
  const newestRecoverable = isTold ? undefined : await findNewest(azure, instance, schedule, deadline);
  const now = azure.service.client.clock.now();
  return { instance, schedule, ...healthOf({ instance, schedule, jobs, newestRecoverable, now }) };
}

/** Jobs are remembered for 14 days, and continuous backup has none. */
async function findNewest(
  { recovery }: Azure,
  instance: WireBackupInstance,
  schedule: BackupSchedule | undefined,
  deadline: Deadline,
): Promise<string | undefined> {
  const isContinuous = schedule?.ruleNames.length === 0 && datasourceOf(instance)?.kind === "blob";
  return isContinuous
    ? (await recovery.findRestorableRange(instance.id, deadline))?.endTime
    : (await recovery.listRecoveryPoints(instance.id, deadline))[0]?.time;
}
