import type { Route } from "../../router";
import { backupNow } from "./backupOnDemand";
import { getJob, listJobs } from "./jobAnswers";
import { getRecoveryPoint, listRecoveryPoints } from "./recoveryPointAnswers";
import { findRestorableTimeRanges } from "./restorableTimeRanges";
import { restore, validateRestore } from "./restore";

/** Backups on demand, what they leave, and the way back from it. */
export function recoveryRoutes(vault: string, instance: string): Route[] {
  const points = `${instance}/recoveryPoints`;
  const jobs = `${vault}/backupJobs`;
  return [
    { method: "POST", path: `${instance}/backup`, handle: backupNow },
    { method: "GET", path: points, handle: listRecoveryPoints, limit: "recoveryPoint" },
    { method: "GET", path: `${points}/{recoveryPointId}`, handle: getRecoveryPoint, limit: "recoveryPoint" },
    { method: "POST", path: `${instance}/findRestorableTimeRanges`, handle: findRestorableTimeRanges },
    { method: "POST", path: `${instance}/validateRestore`, handle: validateRestore },
    { method: "POST", path: `${instance}/restore`, handle: restore },
    { method: "GET", path: jobs, handle: listJobs, limit: "job" },
    { method: "GET", path: `${jobs}/{jobId}`, handle: getJob, limit: "job" },
  ];
}
