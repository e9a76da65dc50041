import type { Datasource } from "../dataProtection/datasource";

/** How long the steps may take, as `"45m"` or `"90s"`. */
export interface Timeouts {
  /** Until the instance is protected. */
  create?: string;
  /** Until the change has taken effect. */
  update?: string;
  /** Until the instance is gone. */
  delete?: string;
}

/** What becomes of the instance when its resource is deleted. */
export type OnDelete = "delete" | "stopProtection" | "suspendBackups" | "retain";

/** What the failure of a create or an update does. */
export type OnFailure = "fail" | "report";

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

/** What is kept in state. Fields are only ever added to it, since new code must read old state. */
export interface InstanceOutputs extends CheckedInputs {
  /** As the service spells it: `ProtectionConfigured`. */
  protectionState: string;
  /** As the service spells it: `Succeeded`. `NotCreated` when the instance was refused and that was to be reported only. */
  provisioningState: string;
  /** Set when the last run was to protect the datasource, and failed with the instance in the service's hands. */
  isUnfinished?: boolean;
}

/** The text that stands for a value that is not known yet, at any depth of the inputs of a preview. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value, or any part of it, is not known yet. */
export function isUnknown(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(isUnknown);
  }
  return value === unknownValue;
}
