import type { Datasource } from "../dataProtection/datasource";
import type { OnFailure } from "../lifecycle/reportedFailure";
import type { Timeouts } from "../lifecycle/timeouts";

/** What becomes of the instance when its resource is deleted. */
export type OnDelete = "delete" | "stopProtection" | "suspendBackups" | "retain";

/** What people declare, as it reaches the host: plain values, none of them checked yet. */
export interface DeclaredInputs {
  vaultId: string;
  policyId: string;
  datasource: Datasource;
  name?: string;
  friendlyName?: string;
  userAssignedIdentityId?: string;
  timeouts?: Timeouts;
  onDelete?: OnDelete;
  onFailure?: OnFailure;
  /** Why the vault's identity could not be given a role, when that was to be reported only: then nothing is tried. */
  rolesFailure?: string;
  recoverSoftDeleted?: boolean;
  healDrift?: boolean;
  validateOnPreview?: boolean;
  takeOverFrom?: string;
}

/** The checked inputs: what is deterministic is filled in, so that previews know it. */
export interface CheckedInputs extends DeclaredInputs {
  name: string;
  friendlyName: string;
  /** ARM id of the instance. */
  backupInstanceId: string;
  /** URN of the resource, under which it speaks to people in a refresh or a destroy. */
  resourceUrn?: string;
  /** The stack that the instance belongs to, as `project/stack`; the instance is tagged with it. */
  claimedBy?: string;
  /**
   * Why the declaration was refused, when that was to be reported only: then nothing is tried. In state, why the datasource is
   * not protected, which may be another reason.
   */
  failure?: string;
  /** The constant text by which the host finds this code; the host adds it. */
  __provider?: string;
}

/** Whether state holds an instance. */
export function isKept(olds: Partial<CheckedInputs>): olds is CheckedInputs {
  return olds.vaultId !== undefined && olds.datasource !== undefined && olds.name !== undefined;
}

/** What is kept in state. Fields are only ever added to it, since new code must read old state. */
export interface InstanceOutputs extends CheckedInputs {
  /** As the service spells it: `ProtectionConfigured`. */
  protectionState: string;
  /** As the service spells it: `Succeeded`. `NotCreated` when the instance was refused and that was to be reported only. */
  provisioningState: string;
  /** Set when the last run was to protect the datasource, and failed with the instance in the service's hands. */
  isUnfinished?: boolean;
}
