import type { LockLevel } from "../arm/lockLevel";
import type { TokenBucket } from "../arm/tokenBuckets";
import type { ProtectionState } from "../dataProtection/protectionState";
import type { LagInjection } from "../faults/lagPlan";
import type { CallerRole } from "../identity/callers";
import type { FaultInjection, InjectedFault } from "../faults/fault";
import type { RegistrationState } from "../records/governance";

/** Why the protection of an instance failed, as the service explains it; what is left out gets the service's usual value. */
export interface ErrorDetails {
  /** As in `UserErrorMissingRequiredPermissions`. */
  code: string;
  /** What is wrong, in a sentence. */
  message: string;
  /** What to do about it. */
  recommendedAction?: string[];
  /** The only place where the service names a missing action and its scope. */
  detailedMessage?: string;
  /** Whether the service holds that another attempt may succeed. */
  isRetryable?: boolean;
  /** Whether the service holds its client to be the cause. */
  isUserError?: boolean;
}

/** What {@link EmulatorControl.setInstance} changes; the rest stays. */
export interface InstanceChange {
  /** Any state, unknown ones too. */
  protectionState?: ProtectionState;
  /** Null takes the error away; so does a change of the state without `errorDetails`. */
  errorDetails?: ErrorDetails | null;
  /** As in `Succeeded`; it says nothing about protection. */
  provisioningState?: string;
  /** Whether there may be backups, which decides about soft delete. */
  wasProtected?: boolean;
  /** A policy of the same vault. */
  policyId?: string;
  /**
   * Merged over the properties that the service shows of the instance from now on: ids in another case, fields of the
   * future, settings of other tools. Null takes it away.
   */
  shownAs?: Record<string, unknown> | null;
  /** What the state becomes by itself, `afterInMs` of emulated time from now. Without it the state stays. */
  settlesTo?: { protectionState: ProtectionState; errorDetails?: ErrorDetails; afterInMs: number };
}

/** What {@link EmulatorControl.setVault} and {@link EmulatorControl.setPolicy} change. */
export interface ResourceChange {
  /**
   * Merged over the properties that the service shows of the resource from now on: a state of provisioning, settings of
   * the future. How the service acts does not change with it: requests do that. Null takes it away.
   */
  shownAs: Record<string, unknown> | null;
}

/** What {@link EmulatorControl.setOperation} changes. */
export interface OperationChange {
  /** `Succeeded`, `Failed` or `Canceled` end it; with any other word, unknown ones too, it runs until it is set again. */
  status: string;
  /** Why it failed. */
  errorDetails?: ErrorDetails;
}

/** What a client signs in with. */
export interface CallerCredentials {
  /** What `ARM_CLIENT_ID` takes. */
  clientId: string;
  /** What `ARM_CLIENT_SECRET` takes; it is gone when the emulator stops. */
  clientSecret: string;
  /** The object id of its service principal. */
  principalId: string;
}

/** What {@link EmulatorControl.setJob} changes. */
export interface JobChange {
  /** `Completed`, `CompletedWithWarnings`, `Failed` or `Cancelled` end it; with any other word, unknown ones too, it runs until it is set again. */
  status: string;
  /** Why it failed, or what it warns of. */
  errorDetails?: ErrorDetails;
}

/** What {@link EmulatorControl.endJobs} lets become of jobs. */
export interface JobOutcomes extends JobChange {
  /** Which jobs of the instance. */
  operation: "Backup" | "Restore";
  /** Whether nothing comes of them although they complete: no recovery point, nothing restored. @default false */
  hasNoEffect?: boolean;
}

/**
 * Situations on demand: what other people, Azure and the network do behind a client's back. Everything happens at once and
 * voids what earlier requests had scheduled for the instance. Ids compare without regard to case; one that is not there
 * is a {@link ControlError}.
 */
export interface EmulatorControl {
  /** Puts an instance into any state. */
  setInstance(instanceId: string, change: InstanceChange): void;
  /** Shows a vault in any state. */
  setVault(vaultId: string, change: ResourceChange): void;
  /** Shows a policy in any state. */
  setPolicy(policyId: string, change: ResourceChange): void;
  /**
   * Lets an operation have any status, which has no effect on what it is about.
   *
   * @param operationUrl - What its status or its result is asked at, absolute or not.
   */
  setOperation(operationUrl: string, change: OperationChange): void;
  /** Puts an instance into `ProtectionError`; a sync or a PUT heals it if roles allow. Default error: missing permissions. */
  breakProtection(instanceId: string, errorDetails?: ErrorDetails): void;
  /** Lets every attempt to protect the datasource end in this state, whoever tries, until {@link healProtection}. */
  failProtection(
    datasourceId: string,
    failure: { protectionState?: ProtectionState; errorDetails: ErrorDetails },
  ): void;
  /** Ends {@link failProtection}. */
  healProtection(datasourceId: string): void;
  /** Somebody else stops protection and keeps the data for ever. */
  stopProtection(instanceId: string): void;
  /** Somebody else suspends backups. */
  suspendBackups(instanceId: string): void;
  /** Lets a job have any status from now on, which has no effect on what it is about. */
  setJob(jobId: string, change: JobChange): void;
  /** Lets all jobs of an instance end so, those of the schedule too, until {@link healRecovery}: backups that fail for days, restores that hang. */
  endJobs(instanceId: string, outcome: JobOutcomes): void;
  /** Refuses every restore from an instance, and lets its validations fail, until {@link healRecovery}. */
  refuseRestores(instanceId: string, errorDetails: ErrorDetails): void;
  /** Ends {@link endJobs} and {@link refuseRestores}. */
  healRecovery(instanceId: string): void;
  /** A recovery point is gone before its time. */
  removeRecoveryPoint(recoveryPointId: string): void;
  /** Somebody else deletes the instance, and the vault keeps it soft-deleted. */
  softDelete(instanceId: string): void;
  /** The instance is gone without a trace, soft-deleted or not. */
  removeInstance(instanceId: string): void;
  /** Locks a resource group, a resource or a subscription; gives the lock's id. */
  addLock(scopeId: string, level?: LockLevel): string;
  /** Takes a lock away, whoever put it there. */
  removeLock(lockId: string): void;
  /** Lets the lock that Azure Backup keeps on an account outlive its last instance by so much of the emulator's time. */
  delayUnlock(datasourceId: string, durationInMs: number): void;
  /** The owner of a Resource Guard takes the clients' rights on it away, until {@link giveApproval}. */
  withholdApproval(guardId: string): void;
  /** Ends {@link withholdApproval}. */
  giveApproval(guardId: string): void;
  /** Somebody else, with the approval of its guard, unbinds the vault from it. */
  unbindGuard(vaultId: string): void;
  /**
   * Azure Policy demands a tag of all groups, vaults and other resources below a scope that are written from now on.
   *
   * @returns The id of the assignment, for {@link withdrawTagDemand}.
   */
  demandTag(scopeId: string, tagName: string): string;
  /** Ends {@link demandTag}. */
  withdrawTagDemand(assignmentId: string): void;
  /**
   * Says how far a subscription is with a resource provider: one that is new to it is `NotRegistered`, and clients register it. All are
   * `Registered` at the start.
   *
   * @param namespace - As in `Microsoft.DataProtection`.
   * @param subscriptionId - Default: the one that clients are pointed at.
   */
  setRegistration(namespace: string, state: RegistrationState, subscriptionId?: string): void;
  /** Another application that may sign in, and what it may do: nothing without roles. */
  addCaller(roles?: readonly CallerRole[]): CallerCredentials;
  /**
   * Gives an application these roles in place of those that it had from the start, at once. Role assignments that clients made
   * for it count besides, when they have propagated.
   *
   * @param clientId - The default one is `ARM_CLIENT_ID` of the emulator's environment.
   */
  setCallerRoles(clientId: string, roles: readonly CallerRole[]): void;
  /**
   * Enforces a bucket of Azure Backup's from now on, one for each subscription and full at first: what it does not hold is answered 429.
   *
   * @param limit - The kind of request, as in `instancePut`, `instanceDelete` or `vaultWrite`.
   * @param bucket - Default: the size that recordings show, full again after the time that the remaining-header goes back to it.
   */
  limitRequests(limit: string, bucket?: Partial<TokenBucket>): void;
  /** Lets the k-th matching request go wrong. */
  injectFault(injection: FaultInjection): InjectedFault;
  /** Lets reads answer as before a write: what a replica says that lags behind. */
  injectLag(injection: LagInjection): InjectedFault;
  /** Forgets all faults and lags that were injected. */
  clearFaults(): void;
  /** Puts the clock forward: operations end, roles count, tokens expire, soft-deleted instances are purged. */
  advance(durationInMs: number): void;
}

/** A control call that makes no sense, told in one line. */
export class ControlError extends Error {}
