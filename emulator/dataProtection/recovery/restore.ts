import { property } from "../../arm/requestBody";
import type { Cloud } from "../../cloud";
import type { Answer, Call } from "../../message";
import type { EndRestore, EndRestoreValidation } from "../../records/task";
import { findInstance } from "../backupInstances";
import { kindOf } from "../datasources";
import { checkApproved, namedRequests } from "../multiUserAuthorization";
import { accepted, beginOperation } from "../operations";
import { findMissingRole } from "../permissions";
import { refusal, userError } from "../userErrors";
import type { UserFacingError } from "../userErrors";
import { principalIdFor } from "../vaultIdentity";
import { vaultOf } from "../vaults";
import { beginJob, endJob } from "./jobs";
import type { RestoreOrder } from "./recoverableKind";
import { recoveryPointsOf } from "./recoveryPoints";
import { readRestoreRequest } from "./restoreRequest";
import type { RestoreRequest } from "./restoreRequest";

/** Everything but the form of the request is found out in the operation (restore_disk 4 to 8). */
export function validateRestore(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  const request = readRestoreRequest(property(call.body, "restoreRequestObject"));
  const about = { instanceId: instance.id };
  const operation = beginOperation(cloud, call, vaultOf(cloud, call), "restoreValidation", about);
  cloud.schedule(operation.endsAt, {
    kind: "endRestoreValidation",
    operationId: operation.id,
    instanceId: instance.id,
    request,
  });
  return accepted(cloud, call, operation, "restoreValidation");
}

/** Roles count if they do at the end, as in the validation of protection. */
export function endRestoreValidation(
  cloud: Cloud,
  { operationId, instanceId, request }: EndRestoreValidation,
  at: number,
): void {
  const operation = cloud.operations.get(operationId);
  const order = orderOf(cloud, instanceId, request);
  const error = order ? (findRefusal(cloud, order) ?? findMissing(cloud, order, at)) : instanceGone();
  if (operation && error) {
    cloud.operations.put({ ...operation, error });
  }
}

/**
 * The operation ends with the id of a job soon after, which says nothing about the restore (restore_disk 9 to 12). That what a
 * validation would refuse is refused at once, and that a missing role fails the job, is assumed.
 */
export function restore(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  const vault = vaultOf(cloud, call);
  const request = readRestoreRequest(call.body);
  checkApproved(cloud, call, vault, "backupInstances/restore/action", namedRequests(call, call.body));
  const order = orderOf(cloud, instance.id, request)!;
  const refused = findRefusal(cloud, order);
  if (refused) {
    throw refusal(refused);
  }
  const { point } = order;
  const job = beginJob(cloud, instance, cloud.now(), {
    operation: "Restore",
    isUserTriggered: true,
    store: request.store,
    restore: {
      ...(point ? { pointName: point.name } : {}),
      pointTime: point?.takenAt ?? request.time!,
      destinationId: request.targetId,
    },
  });
  const duration = kindOf(instance.spec)!.recovery.restoreDuration(request.store);
  cloud.schedule(job.startedAt + cloud.pace.inMs(duration), { kind: "endRestore", jobId: job.id, request });
  const about = { instanceId: instance.id, jobId: job.id };
  return accepted(cloud, call, beginOperation(cloud, call, vault, "restore", about), "restore");
}

export function endRestore(cloud: Cloud, { jobId, request }: EndRestore, at: number): void {
  const job = cloud.jobs.get(jobId);
  if (!job || job.isHeld) {
    return;
  }
  const order = orderOf(cloud, job.instanceId, request);
  const error = order ? (findRefusal(cloud, order) ?? findMissing(cloud, order, at)) : instanceGone();
  endJob(cloud, job, at, error, () => {
    kindOf(order!.instance.spec)!.recovery.perform(cloud, order!);
    return {};
  });
}

function orderOf(cloud: Cloud, instanceId: string, request: RestoreRequest): RestoreOrder | undefined {
  const instance = cloud.instances.get(instanceId);
  const vault = instance && cloud.vaults.get(instance.vaultId);
  if (!instance || !vault) {
    return undefined;
  }
  const asked = request.pointName?.toLowerCase();
  const point = recoveryPointsOf(cloud, instance).find(({ name }) => name === asked);
  return { vault, instance, request, ...(point ? { point } : {}) };
}

function findRefusal(cloud: Cloud, order: RestoreOrder): UserFacingError | undefined {
  const { instance, request, point } = order;
  const onDemand = cloud.restoreRefusals.get(instance.id)?.error;
  if (onDemand) {
    return onDemand;
  }
  if (request.pointName !== undefined && point?.store !== request.store) {
    // azure-cli-extensions#3795: no word about the recovery point.
    return userError(
      "CloudServiceRetryableError",
      "Microsoft Azure Backup encountered an internal error.",
      "Wait for a few minutes and then try the operation again. If the issue persists, please contact Microsoft support.",
    );
  }
  return kindOf(instance.spec)!.recovery.findRefusal(cloud, order);
}

function findMissing(cloud: Cloud, order: RestoreOrder, at: number): UserFacingError | undefined {
  const { vault, instance, request } = order;
  const identityDetails = request.identityDetails ?? instance.spec.identityDetails;
  const spec = { ...instance.spec, ...(identityDetails ? { identityDetails } : {}) };
  const required = kindOf(spec)!.recovery.requiredRoles(order);
  return findMissingRole(cloud, principalIdFor(vault.identity, spec), required, at);
}

function instanceGone(): UserFacingError {
  return userError(
    "UserErrorGenericResourceNotFound",
    "The backup instance does not exist.",
    "Undelete the backup instance, and retry the operation.",
  );
}
