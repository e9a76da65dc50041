import { describeAge } from "../../provider/dataProtection/recovery/health";
import type { Job } from "../../provider/dataProtection/recovery/job";
import { describeServiceError } from "../../provider/dataProtection/serviceError";
import { formatDuration } from "../../provider/azure/clock";
import type { Output } from "../output";
import { jsonOf, tableOf } from "../output";

const nameOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

/** Jobs, for people or for programs. */
export function describeJobs(jobs: readonly Job[], output: Output, now: number): string {
  if (output === "json") {
    return jsonOf(jobs);
  }
  return jobs.length === 0
    ? "there are no such jobs"
    : tableOf(
        ["STARTED", "AGO", "OPERATION", "INSTANCE", "STATUS", "TOOK", "JOB", "REASON"],
        jobs.map((job) => [
          job.startTime,
          describeAge(Math.max(0, now - Date.parse(job.startTime))),
          job.operation,
          nameOf(job.backupInstanceId),
          job.status,
          tookOf(job),
          job.name,
          job.errors.map(describeServiceError).join(" "),
        ]),
      );
}

function tookOf({ startTime, endTime }: Job): string {
  return endTime === undefined ? "" : formatDuration(Date.parse(endTime) - Date.parse(startTime));
}

/** One job, for people or for programs. */
export function describeJob(job: Job, output: Output): string {
  if (output === "json") {
    return jsonOf(job);
  }
  const lines: [string, string | undefined][] = [
    ["job", job.id],
    ["operation", `${job.operation}${job.isUserTriggered ? ", on demand" : ", by schedule"}`],
    ["instance", job.backupInstanceId],
    ["datasource", job.datasourceId],
    ["status", job.status],
    ["started", job.startTime],
    ["ended", job.endTime],
    ["took", tookOf(job) || undefined],
    ["recovery point", job.madePointId ?? job.readPointId],
    ["restored to", job.destinationId],
    ...job.errors.map((error): [string, string] => ["error", describeServiceError(error)]),
    ...job.warnings.map((warning): [string, string] => ["warning", describeServiceError(warning)]),
  ];
  return lines
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");
}
