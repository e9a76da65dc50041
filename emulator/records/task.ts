import type { RegistrationState } from "./governance";
import type { InstanceSpec } from "../dataProtection/instanceSpec";
import type { ProtectionState } from "../dataProtection/protectionState";
import type { RestoreRequest } from "../dataProtection/recovery/restoreRequest";
import type { UserFacingError } from "../dataProtection/userErrors";
import type { OperationOutcome } from "../faults/fault";

/** What can fall due. Plain data, so that a cloud's future can be looked at like its present. */
export type Task =
  | InstanceTask
  | ValidationTask
  | RegistrationTask
  | ScheduledBackup
  | EndBackup
  | EndRestoreValidation
  | EndRestore
  | EndOperation
  | UnlockDatasource
  | VaultDeletionTask
  | { kind: "purgeDeletedInstance"; instanceId: string; deleteActivityId: string }
  | { kind: "endResourceGroupDeletion"; resourceGroupId: string; deletionId: string };

/** Of an instance as one request left it. */
export interface OfInstance {
  instanceId: string;
  revision: number;
}

export type InstanceTask = BeginProtection | SettleProtection | ChangeProtection | EndDeletion;

export type BeginProtection = OfInstance & {
  kind: "beginProtection";
  spec: InstanceSpec;
  settlesAfterInMs: number;
  settlesTo: ProtectionState;
};

export type SettleProtection = OfInstance & {
  kind: "settleProtection";
  state: ProtectionState;
  error?: UserFacingError;
};

export type ChangeProtection = OfInstance & { kind: "changeProtection"; state: ProtectionState };

export type EndDeletion = OfInstance & {
  kind: "endDeletion";
  deletedAt: number;
  deleteActivityId: string;
  isSoft: boolean;
};

export interface ValidationTask {
  kind: "endValidation";
  operationId: string;
  spec: InstanceSpec;
}

/** An operation ends otherwise than by its own doing. */
export interface EndOperation {
  kind: "endOperation";
  operationId: string;
  outcome: OperationOutcome;
}

export interface VaultDeletionTask {
  kind: "endVaultDeletion";
  operationId: string;
}

export interface UnlockDatasource {
  kind: "unlockDatasource";
  datasourceId: string;
}

export interface ScheduledBackup {
  kind: "scheduledBackup";
  instanceId: string;
}

export interface EndBackup {
  kind: "endBackup";
  jobId: string;
}

export interface EndRestoreValidation {
  kind: "endRestoreValidation";
  operationId: string;
  instanceId: string;
  request: RestoreRequest;
}

export interface EndRestore {
  kind: "endRestore";
  jobId: string;
  request: RestoreRequest;
}

/** What becomes of a registration by itself. */
export interface RegistrationTask {
  kind: "endRegistration";
  registrationId: string;
  from: RegistrationState;
  to: RegistrationState;
}
