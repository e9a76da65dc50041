import { asArray, asRecord, text } from "../../azure/json";
import type { ServiceError } from "../serviceError";
import { readUserFacingError } from "../serviceError";

/** A backup or a restore at work, or what became of it. The service keeps it for 14 days. */
export interface Job {
  /** ARM id. */
  id: string;
  /** A GUID. */
  name: string;
  /** ARM id of the instance that is backed up or restored from. */
  backupInstanceId: string;
  /** ARM id of the datasource. */
  datasourceId: string;
  /** `Backup`, `Restore` or another word of the service. */
  operation: string;
  /** As the service spells it. */
  status: string;
  /** ISO 8601. */
  startTime: string;
  /** ISO 8601; `undefined` while it runs. */
  endTime: string | undefined;
  /** Whether somebody asked for it, and not the policy's schedule. */
  isUserTriggered: boolean;
  /** Why it failed. */
  errors: ServiceError[];
  /** What it warns of; told of a single job only. */
  warnings: ServiceError[];
  /** The recovery point that a backup made; told of a single job only. */
  madePointId: string | undefined;
  /** The recovery point that a restore read; told of a single job only. */
  readPointId: string | undefined;
  /** ISO 8601: the time that a restore went back to; told of a single job only. */
  readPointTime: string | undefined;
  /** ARM id of what a restore made or changed; told of a single job only. */
  destinationId: string | undefined;
}

/**
 * What the status of a job means: the list is open (OpenAPI has a free text there), so an unknown word means that it runs,
 * and never that it is done.
 */
export type JobMeaning = "running" | "completed" | "failed";

const meanings: Record<string, JobMeaning> = {
  completed: "completed",
  completedwithwarnings: "completed",
  failed: "failed",
  cancelled: "failed",
  canceled: "failed",
};

/** What a status means, whatever its case. */
export function meaningOfJob({ status }: Job): JobMeaning {
  const key = status.toLowerCase();
  return Object.hasOwn(meanings, key) ? (meanings[key] ?? "running") : "running";
}

/** Reads a job of a list, or a single one; `undefined` for something that names no job. */
export function readJob(resource: unknown): Job | undefined {
  const { id, name, properties } = asRecord(resource);
  const values = asRecord(properties);
  const info = asRecord(values.extendedInfo);
  const [jobId, status, startTime] = [text(id), text(values.status), text(values.startTime)];
  if (jobId === undefined || status === undefined || startTime === undefined) {
    return undefined;
  }
  return {
    id: jobId,
    name: text(name) ?? jobId.slice(jobId.lastIndexOf("/") + 1),
    backupInstanceId: text(values.backupInstanceId) ?? "",
    datasourceId: text(values.dataSourceId) ?? "",
    operation: text(values.operation) ?? text(values.operationCategory) ?? "",
    status,
    startTime,
    endTime: text(values.endTime),
    isUserTriggered: values.isUserTriggered === true,
    errors: asArray(values.errorDetails).map((error) => readUserFacingError(error)),
    warnings: asArray(info.warningDetails).map((detail) => readUserFacingError(asRecord(detail).warning)),
    madePointId: text(asRecord(info.targetRecoverPoint).recoveryPointID),
    readPointId: text(asRecord(info.sourceRecoverPoint).recoveryPointID),
    readPointTime: text(asRecord(info.sourceRecoverPoint).recoveryPointTime),
    destinationId: text(info.recoveryDestination),
  };
}

/** The jobs that a list names, newest first, whatever its order. */
export function readJobs(resources: readonly unknown[]): Job[] {
  return resources
    .flatMap((resource) => readJob(resource) ?? [])
    .sort((one, other) => Date.parse(other.startTime) - Date.parse(one.startTime));
}
