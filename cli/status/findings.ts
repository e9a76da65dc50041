import type { Deadline } from "../../provider/azure/http/deadline";
import { canonicalResourceId } from "../../provider/azure/resourceId";
import { datasourceOf } from "../../provider/dataProtection/backupInstance";
import type { UnreadInstance } from "../../provider/dataProtection/instanceList";
import type { BackupSchedule } from "../../provider/dataProtection/recovery/backupSchedule";
import type { BackupHealth } from "../../provider/dataProtection/recovery/health";
import { healthOf, lastCompletedIn } from "../../provider/dataProtection/recovery/health";
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
  /** What could not be read, a message each; it hides nothing else. */
  problems: string[];
}

/**
 * Reads a vault: its instances, its jobs, and each policy once.
 *
 * @throws An error that says what to do, when its instances or its jobs cannot be read.
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
    const problems = unread.map((instance) => describeUnread(vaultId, instance));
    const attempt = async <Answer>(doing: string, asked: Promise<Answer>): Promise<Answer | undefined> =>
      asked.catch((error: unknown) => {
        problems.push(explainFailure(doing, error, { vaultId }));
        return undefined;
      });
    const schedules = new Map<string, BackupSchedule | undefined>();
    const statuses: InstanceStatus[] = [];
    for (const instance of instances) {
      const { policyId } = instance.properties.policyInfo;
      const key = canonicalResourceId(policyId);
      if (!schedules.has(key)) {
        const asked = recovery.getSchedule(policyId, deadline);
        schedules.set(key, await attempt(`reading backup policy ${policyId}`, asked));
      }
      const schedule = schedules.get(key);
      const isTold = lastCompletedIn(instance, jobs) !== undefined;
      const newestRecoverable = isTold
        ? undefined
        : await attempt(
            `reading what ${instance.id} can be restored to`,
            findNewest(azure, instance, schedule, deadline),
          );
      const now = service.client.clock.now();
      const health = healthOf({ instance, schedule, jobs, newestRecoverable, now });
      statuses.push({ instance, schedule, ...health });
    }
    const { instances: softDeleted } = await service.listDeleted(vaultId, deadline);
    return { vaultId, instances: statuses, softDeleted, problems };
  } catch (error) {
    throw new Error(explainFailure(`reading vault ${vaultId}`, error, { vaultId }), { cause: error });
  }
}

function describeUnread(
  vaultId: string,
  { id = `one of vault ${vaultId}`, problem }: UnreadInstance,
): string {
  return `reading backup instance ${id}: ${problem}; look at it in the portal, since nothing can be told of it here`;
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
