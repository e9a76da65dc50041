import { nameOf, subscriptionIdOf } from "../../arm/resourceId";
import { toClockDuration, toIsoDuration, toTrimmedTimestamp } from "../../clock";
import type { Cloud } from "../../cloud";
import { answer } from "../../message";
import type { Answer, Call } from "../../message";
import type { BackupJob } from "../../records/recovery";
import { dataProtectionContentType } from "../contentType";
import { pageOf } from "../paging";
import { withoutAbsentInnerError } from "../renderInstance";
import { resourceDoesNotExist } from "../userErrors";
import { vaultOf } from "../vaults";
import { jobsOf } from "./jobs";

/** `nextLink` is null on the last page, and there is no `extendedInfo` (job_list_and_show 1). */
export function listJobs(cloud: Cloud, call: Call): Answer {
  const jobs = jobsOf(cloud, vaultOf(cloud, call).id).map((job) => render(job, toClockDuration, null));
  const { value, nextLink = null } = pageOf(jobs, call);
  return answer(200, { value, nextLink }, dataProtectionContentType(call));
}

export function getJob(cloud: Cloud, call: Call): Answer {
  const asked = call.parameters["jobId"]!.toLowerCase();
  const job = jobsOf(cloud, vaultOf(cloud, call).id).find(({ name }) => name === asked);
  if (!job) {
    throw resourceDoesNotExist(call.apiVersion);
  }
  return answer(200, render(job, toIsoDuration, extendedInfoOf(job)), dataProtectionContentType(call));
}

/** Lists write durations otherwise than single jobs: `00:03:12.7189058` and `PT3M12.7189058S` (job_list_and_show 1, 3). */
function render(
  job: BackupJob,
  toDuration: (durationInMs: number) => string,
  extendedInfo: unknown,
): Record<string, unknown> {
  const { id, name, vaultId, spec, operation, startedAt, endedAt } = job;
  const { dataSourceInfo, dataSourceSetInfo, friendlyName, policyInfo } = spec;
  const isFailed = job.status === "Failed";
  return {
    properties: {
      activityID: job.activityId,
      subscriptionId: subscriptionIdOf(vaultId),
      backupInstanceId: job.instanceId,
      policyId: policyInfo.policyId,
      dataSourceId: dataSourceInfo.resourceID,
      vaultName: nameOf(vaultId),
      backupInstanceFriendlyName: friendlyName,
      policyName: nameOf(policyInfo.policyId),
      sourceResourceGroup: dataSourceInfo.resourceID.split("/")[4],
      dataSourceSetName: dataSourceSetInfo?.resourceName ?? null,
      dataSourceName: dataSourceInfo.resourceName ?? nameOf(dataSourceInfo.resourceID),
      sourceDataStoreName: null,
      sourceDataStoreType: operation === "Restore" ? job.store : null,
      destinationDataStoreName: destinationStoreOf(job),
      progressEnabled: false,
      etag: `W/"datetime'${encodeURIComponent(toTrimmedTimestamp(job.changedAt))}'"`,
      sourceSubscriptionID: subscriptionIdOf(dataSourceInfo.resourceID),
      dataSourceLocation: dataSourceInfo.resourceLocation ?? "",
      startTime: toTrimmedTimestamp(startedAt),
      endTime: endedAt === undefined ? null : toTrimmedTimestamp(endedAt),
      dataSourceType: dataSourceInfo.datasourceType,
      operationCategory: operation,
      operation,
      status: job.status,
      restoreType: null,
      isUserTriggered: job.isUserTriggered,
      rehydrationPriority: null,
      supportedActions: job.isUserTriggered ? [""] : [],
      duration: toDuration(endedAt === undefined ? 0 : endedAt - startedAt),
      progressUrl: null,
      isCrossRegionRestore: null,
      errorDetails: isFailed && job.error ? [withoutAbsentInnerError(job.error)] : null,
      extendedInfo,
    },
    id,
    name,
    type: "Microsoft.DataProtection/backupVaults/backupJobs",
  };
}

/** Told when a backup has ended; the store beside a disk has a name of its own there (job_list_and_show 1). */
function destinationStoreOf({ operation, store, endedAt }: BackupJob): string | null {
  if (operation === "Restore" || endedAt === undefined) {
    return null;
  }
  return store === "OperationalStore" ? "OperationalTierStore" : store;
}

function extendedInfoOf(job: BackupJob): Record<string, unknown> {
  const { backup, restore, status, error } = job;
  return {
    backupInstanceState: null,
    dataTransferredInBytes: null,
    targetRecoverPoint: backup?.pointName
      ? { recoveryPointID: backup.pointName, recoveryPointTime: "0001-01-01T00:00:00Z" }
      : null,
    sourceRecoverPoint: restore
      ? {
          recoveryPointID: restore.pointName ?? null,
          recoveryPointTime: toTrimmedTimestamp(restore.pointTime),
        }
      : null,
    recoveryDestination: restore?.destinationId ?? null,
    subTasks: [
      {
        taskId: 1,
        taskName: `Trigger ${job.operation}`,
        taskStatus: status,
        taskProgress: null,
        additionalDetails: job.endedAt === undefined ? null : taskDetailsOf(job),
      },
    ],
    additionalDetails: backup ? { RetentionTag: backup.retentionTag } : null,
    warningDetails:
      status === "CompletedWithWarnings" && error
        ? [
            {
              resourceName: nameOf(job.spec.dataSourceInfo.resourceID),
              warning: withoutAbsentInnerError(error),
            },
          ]
        : null,
  };
}

function taskDetailsOf({ backup, activityId, spec }: BackupJob): Record<string, unknown> {
  const common = { TaskId: activityId, DatasourceType: spec.dataSourceInfo.datasourceType };
  return backup
    ? { OriginalDatasourceSizeInBytes: String(backup.sizeInBytes ?? 0), ...common }
    : { DataTransferredInBytes: "0", ...common };
}
