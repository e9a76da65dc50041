import { randomUUID } from "node:crypto";
import type { Cloud } from "../cloud";
import { keepDeletedInstance } from "../dataProtection/deletedBackupInstances";
import { releaseDatasource } from "../dataProtection/datasourceLocks";
import { revise } from "../dataProtection/instanceState";
import { missingPermission } from "../dataProtection/permissions";
import { userError } from "../dataProtection/userErrors";
import type { UserFacingError } from "../dataProtection/userErrors";
import type { BackupInstance } from "../records/backupInstance";
import { ControlError } from "./emulatorControl";
import type { ErrorDetails, InstanceChange } from "./emulatorControl";

export function findInstance(cloud: Cloud, instanceId: string): BackupInstance {
  const instance = cloud.instances.get(instanceId);
  if (!instance) {
    throw new ControlError(`There is no backup instance ${instanceId}.`);
  }
  return instance;
}

export function toUserFacingError(details: ErrorDetails): UserFacingError {
  const { code, message, recommendedAction, detailedMessage, isRetryable, isUserError } = details;
  const error = userError(code, message, "Retry the operation.", detailedMessage);
  return {
    ...error,
    ...(recommendedAction ? { recommendedAction } : {}),
    ...(isRetryable === undefined ? {} : { isRetryable }),
    ...(isUserError === undefined ? {} : { isUserError }),
  };
}

export function setInstance(cloud: Cloud, instanceId: string, change: InstanceChange): void {
  const instance = findInstance(cloud, instanceId);
  const { policyId, settlesTo } = change;
  if (policyId !== undefined && !cloud.policies.get(policyId)) {
    throw new ControlError(`There is no backup policy ${policyId}.`);
  }
  const { revision } = revise(cloud, changed(instance, change), {});
  if (settlesTo) {
    const details = settlesTo.errorDetails;
    cloud.schedule(cloud.now() + settlesTo.afterInMs, {
      kind: "settleProtection",
      instanceId: instance.id,
      revision,
      state: settlesTo.protectionState,
      ...(details ? { error: toUserFacingError(details) } : {}),
    });
  }
}

function changed(
  { error, shownAs, spec, ...instance }: BackupInstance,
  change: InstanceChange,
): BackupInstance {
  const policyId = change.policyId ?? spec.policyInfo.policyId;
  const shown = change.shownAs === undefined ? shownAs : change.shownAs;
  const keepsError = change.errorDetails === undefined && change.protectionState === undefined;
  const errorAfter = change.errorDetails ? toUserFacingError(change.errorDetails) : keepsError && error;
  return {
    ...instance,
    spec: { ...spec, policyInfo: { ...spec.policyInfo, policyId } },
    state: change.protectionState ?? instance.state,
    provisioningState: change.provisioningState ?? instance.provisioningState,
    wasProtected: change.wasProtected ?? instance.wasProtected,
    ...(shown ? { shownAs: shown } : {}),
    ...(errorAfter ? { error: errorAfter } : {}),
  };
}

export function breakProtection(cloud: Cloud, instanceId: string, details: ErrorDetails | undefined): void {
  const { error: _error, ...instance } = findInstance(cloud, instanceId);
  const error = details
    ? toUserFacingError(details)
    : missingPermission(
        instance.spec.dataSourceInfo.resourceID,
        cloud.vaults.get(instance.vaultId)?.identity?.principalId,
      );
  revise(cloud, { ...instance, error }, { state: "ProtectionError" });
}

export function pause(
  cloud: Cloud,
  instanceId: string,
  state: "ProtectionStopped" | "BackupsSuspended",
): void {
  const { error: _error, ...instance } = findInstance(cloud, instanceId);
  revise(cloud, instance, { state });
}

export function softDelete(cloud: Cloud, instanceId: string): void {
  const instance = findInstance(cloud, instanceId);
  cloud.instances.delete(instance.id);
  releaseDatasource(cloud, instance.spec, cloud.now());
  keepDeletedInstance(cloud, instance, cloud.now(), randomUUID());
}

export function removeInstance(cloud: Cloud, instanceId: string): void {
  const deletedId = instanceId.replace(/\/backupInstances\/(?=[^/]+$)/i, "/deletedBackupInstances/");
  cloud.recoveryPoints.deleteBelow(instanceId);
  const instance = cloud.instances.get(instanceId);
  const wasThere = [cloud.instances.delete(instanceId), cloud.deletedInstances.delete(deletedId)];
  if (instance) {
    releaseDatasource(cloud, instance.spec, cloud.now());
  }
  if (!wasThere.includes(true)) {
    throw new ControlError(`There is no backup instance ${instanceId}, soft-deleted or not.`);
  }
}
