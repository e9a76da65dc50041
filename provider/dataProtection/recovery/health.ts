import { formatDuration } from "../../azure/clock";
import { isSameResourceId } from "../../azure/resourceId";
import { meaningOf, protectionStateOf } from "../protectionState";
import { describeServiceError } from "../serviceError";
import type { WireBackupInstance } from "../wire";
import type { BackupSchedule } from "./backupSchedule";
import type { Job } from "./job";
import { meaningOfJob } from "./job";

/** How well an instance does what it is for. */
export interface BackupHealth {
  /** As the service spells it. */
  protectionState: string;
  /** ISO 8601: when the last good backup was made; for continuous backup, the last moment that can be put back. */
  lastBackup: string | undefined;
  /** How long ago that was. */
  lastBackupAgeInMs: number | undefined;
  /** The failure that no good backup has followed. */
  lastFailure: { jobId: string; time: string; reason: string } | undefined;
  /**
   * `good`; `waiting` when there is no backup yet and nothing has failed; `failing` when the last backup failed, and it is not too
   * late yet; `late` when none was made for one and a half times the policy's interval; `unprotected`.
   */
  verdict: "good" | "waiting" | "failing" | "late" | "unprotected";
}

/** What is known of an instance. */
export interface Findings {
  instance: WireBackupInstance;
  /** `undefined` when the policy may not be read. */
  schedule: BackupSchedule | undefined;
  /** The jobs of its vault, newest first. */
  jobs: readonly Job[];
  /** ISO 8601: the newest that can be recovered as the service lists it, where the jobs name none. */
  newestRecoverable: string | undefined;
  now: number;
}

/** A backup may be late by half an interval, as the service itself allows (rpoWarningThreshold in Resource Graph). */
const toleratedIntervals = 1.5;

/** The backups of an instance among the jobs of its vault. */
export function backupsOf({ id }: WireBackupInstance, jobs: readonly Job[]): Job[] {
  return jobs.filter(
    ({ operation, backupInstanceId }) => operation === "Backup" && isSameResourceId(backupInstanceId, id),
  );
}

/** When the last good backup of an instance ended, as far back as jobs are remembered. */
export function lastCompletedIn(instance: WireBackupInstance, jobs: readonly Job[]): string | undefined {
  const completed = backupsOf(instance, jobs).find((job) => meaningOfJob(job) === "completed");
  return completed && (completed.endTime ?? completed.startTime);
}

/** Judges an instance by what is known of it. */
export function healthOf({ instance, schedule, jobs, newestRecoverable, now }: Findings): BackupHealth {
  const protectionState = protectionStateOf(instance);
  const lastBackup = lastCompletedIn(instance, jobs) ?? newestRecoverable;
  const lastBackupAgeInMs = lastBackup === undefined ? undefined : Math.max(0, now - Date.parse(lastBackup));
  const [lastEnded] = backupsOf(instance, jobs).filter((job) => meaningOfJob(job) !== "running");
  const failed = lastEnded !== undefined && meaningOfJob(lastEnded) === "failed" ? lastEnded : undefined;
  const lastFailure = failed && {
    jobId: failed.id,
    time: failed.endTime ?? failed.startTime,
    reason: failed.errors.map(describeServiceError).join(" ") || failed.status,
  };
  const common = { protectionState, lastBackup, lastBackupAgeInMs, lastFailure };
  const limitInMs =
    schedule?.intervalInMs === undefined ? Infinity : schedule.intervalInMs * toleratedIntervals;
  const oldest = backupsOf(instance, jobs).at(-1);
  const hasFailedForInMs = failed && oldest ? now - Date.parse(oldest.startTime) : 0;
  if (meaningOf(protectionState) !== "protected") {
    return { ...common, verdict: "unprotected" };
  }
  if ((lastBackupAgeInMs ?? hasFailedForInMs) > limitInMs) {
    return { ...common, verdict: "late" };
  }
  if (lastFailure !== undefined) {
    return { ...common, verdict: "failing" };
  }
  return { ...common, verdict: lastBackup === undefined ? "waiting" : "good" };
}

/** What there is to say about the health of an instance, in a few words. */
export function describeHealth(
  { verdict, protectionState, lastFailure }: BackupHealth,
  schedule: BackupSchedule | undefined,
): string {
  const failure = lastFailure && `the last backup failed at ${lastFailure.time}: ${lastFailure.reason}`;
  const interval =
    schedule?.intervalInMs === undefined ? "" : ` (one is due every ${describeAge(schedule.intervalInMs)})`;
  switch (verdict) {
    case "good":
      return "";
    case "waiting":
      return `no backup yet${interval}`;
    case "failing":
      return failure ?? "";
    case "late":
      return `late${interval}${failure === undefined ? "" : `; ${failure}`}`;
    case "unprotected":
      return `not protected: ${protectionState}`;
  }
}

const hourInMs = 60 * 60 * 1000;

/** A length of time in its largest units: `3d 4h`, `2h`, `12m`. */
export function describeAge(durationInMs: number): string {
  const hours = Math.floor(durationInMs / hourInMs);
  if (hours >= 24) {
    return [`${Math.floor(hours / 24)}d`, ...(hours % 24 > 0 ? [`${hours % 24}h`] : [])].join(" ");
  }
  return hours > 0 ? `${hours}h` : formatDuration(durationInMs).replace(/m\d+s$/, "m");
}
