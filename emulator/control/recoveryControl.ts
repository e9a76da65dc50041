import type { Cloud } from "../cloud";
import { endedJobStatuses, outcomeIdOf } from "../dataProtection/recovery/jobs";
import { ControlError } from "./emulatorControl";
import type { ErrorDetails, JobChange, JobOutcomes } from "./emulatorControl";
import { findInstance, toUserFacingError } from "./instanceControl";

export function setJob(cloud: Cloud, jobId: string, { status, errorDetails }: JobChange): void {
  const { error: _before, endedAt: _end, ...job } = cloud.jobs.get(jobId) ?? notThere("job", jobId);
  const at = cloud.now();
  cloud.jobs.put({
    ...job,
    status,
    isHeld: true,
    changedAt: at,
    ...(endedJobStatuses.includes(status) ? { endedAt: at } : {}),
    ...(errorDetails ? { error: toUserFacingError(errorDetails) } : {}),
  });
}

export function endJobs(
  cloud: Cloud,
  instanceId: string,
  { operation, status, errorDetails, hasNoEffect }: JobOutcomes,
): void {
  if (operation !== "Backup" && operation !== "Restore") {
    throw new ControlError(`The operation of a job is Backup or Restore, not ${String(operation)}.`);
  }
  cloud.jobOutcomes.put({
    id: outcomeIdOf(findInstance(cloud, instanceId).id, operation),
    status,
    ...(hasNoEffect ? { hasNoEffect } : {}),
    ...(errorDetails ? { error: toUserFacingError(errorDetails) } : {}),
  });
}

export function refuseRestores(cloud: Cloud, instanceId: string, errorDetails: ErrorDetails): void {
  const { id } = findInstance(cloud, instanceId);
  cloud.restoreRefusals.put({ id, error: toUserFacingError(errorDetails) });
}

export function healRecovery(cloud: Cloud, instanceId: string): void {
  cloud.restoreRefusals.delete(instanceId);
  for (const operation of ["Backup", "Restore"] as const) {
    cloud.jobOutcomes.delete(outcomeIdOf(instanceId, operation));
  }
}

export function removeRecoveryPoint(cloud: Cloud, recoveryPointId: string): void {
  if (!cloud.recoveryPoints.delete(recoveryPointId)) {
    notThere("recovery point", recoveryPointId);
  }
}

function notThere(what: string, id: string): never {
  throw new ControlError(`There is no ${what} ${id}.`);
}
