import type { WireBackupInstance } from "./wire";

/**
 * What a protection state means for people:
 * - `protected`: backups are taken as the policy says. The only good state.
 * - `pending`: the service is at work; look again.
 * - `broken`: the service gave up; it says why in the instance's error details.
 * - `paused`: somebody stopped or suspended the backups.
 * - `deleted`: the instance is deleted or about to be.
 * - `unknown`: a state that no document names. Never taken for a good one.
 */
export type ProtectionMeaning = "protected" | "pending" | "broken" | "paused" | "deleted" | "unknown";

/** Every state of the OpenAPI documents, and `BackupsSuspended`, which only real traffic shows (facts, section 1.3). */
const meanings: Record<string, ProtectionMeaning> = {
  protectionconfigured: "protected",
  configuringprotection: "pending",
  updatingprotection: "pending",
  configuringprotectionfailed: "broken",
  invalid: "broken",
  notprotected: "broken",
  protectionerror: "broken",
  backupschedulessuspended: "paused",
  backupssuspended: "paused",
  protectionstopped: "paused",
  retentionschedulessuspended: "paused",
  softdeleted: "deleted",
  softdeleting: "deleted",
};

/** How backups are taken up again, by the state in which somebody left them: actions of the instance. */
const resumptions: Record<string, Resumption> = {
  backupschedulessuspended: "resumeBackups",
  backupssuspended: "resumeBackups",
  protectionstopped: "resumeProtection",
  retentionschedulessuspended: "resumeBackups",
};

export type Resumption = "resumeBackups" | "resumeProtection";

/** The action that takes backups up again from a paused state; `undefined` from any other. */
export function resumptionOf(protectionState: string): Resumption | undefined {
  const key = protectionState.toLowerCase();
  return Object.hasOwn(resumptions, key) ? resumptions[key] : undefined;
}

/** Actions that end backups and keep the recovery points. */
export type Pause = "stopProtection" | "suspendBackups";

/** The states that each of them leads to. */
const pausedStates: Record<Pause, readonly string[]> = {
  stopProtection: ["protectionstopped"],
  suspendBackups: ["backupssuspended", "backupschedulessuspended"],
};

/** Whether an instance in this state is already what the action makes of it. */
export function isPausedBy(action: Pause, protectionState: string): boolean {
  return pausedStates[action].includes(protectionState.toLowerCase());
}

/** What a state means. States are compared without regard to case: the list of the service is open. */
export function meaningOf(protectionState: string): ProtectionMeaning {
  const key = protectionState.toLowerCase();
  return Object.hasOwn(meanings, key) ? (meanings[key] ?? "unknown") : "unknown";
}

/** The protection state of an instance, as the service spells it; `Unknown` when it names none. */
export function protectionStateOf({ properties }: WireBackupInstance): string {
  return properties.currentProtectionState ?? properties.protectionStatus?.status ?? "Unknown";
}
