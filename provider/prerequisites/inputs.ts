import type { OnFailure } from "../lifecycle/reportedFailure";

/** What protection rests on: the names of the rows in `kinds.ts`. */
export type PrerequisiteKind =
  "resourceGroup" | "backupVault" | "resourceGuardProxy" | "backupPolicy" | "roleAssignment";

/** Which backup instances need a resource: those of a vault, protected by one of its identities. */
export interface NeededBy {
  /** ARM id of the vault. */
  vaultId: string;
  /** ARM id of the identity; the vault's own (system-assigned) one without it. */
  userAssignedIdentityId?: string;
}

/** Whether the last part of an id is a default name, made in the program: then `check` keeps the one that state holds. */
interface DefaultName {
  hasDefaultName?: boolean;
}

/** What a component declares, as it reaches the host. What stands here and not in the checked inputs is for `check` only. */
export interface DeclaredPrerequisite extends Omit<PrerequisiteInputs, "neededBy">, DefaultName {
  neededBy?: NeededBy & DefaultName;
  /** ARM ids of the datasources whose snapshots a group is for, where the program tells. */
  snapshotsOf?: string[];
  /** What the components are called that declare the vaults of the program, where it tells. */
  vaultNames?: string[];
}

/** The checked inputs. */
export interface PrerequisiteInputs {
  /** Which kind of resource it is. Never to be renamed: it lives in the states of all users. */
  sort: PrerequisiteKind;
  /** ARM id of the resource, chosen once: known in previews, the same on every run. */
  resourceId: string;
  /** Region, of kinds that have one. */
  location?: string;
  /** As Resource Manager spells it. */
  identity?: Record<string, unknown>;
  /** What the program says of them, as Resource Manager spells them. What it leaves out stays as others set it. */
  properties?: Record<string, unknown>;
  /** What the resource is created with where `properties` say nothing, and does not get weaker than. */
  defaults?: Record<string, unknown>;
  tags?: Record<string, string>;
  /** The vault's identities as `check` has seen them, where they do not change: so previews know them. */
  principals?: Record<string, unknown>;
  /** Whose instances may need the resource when it is to be deleted. */
  neededBy?: NeededBy;
  /** What the failure of a create or an update does. */
  onFailure?: OnFailure;
  /** URN of the resource, under which it speaks to people in a refresh or a destroy. */
  resourceUrn?: string;
  /** The stack that the resource belongs to, as `project/stack`; kinds that have tags are tagged with it. */
  claimedBy?: string;
  /** Why the declaration was refused, when that was to be reported only: then nothing is tried. */
  failure?: string;
  /** The constant text by which the host finds this code; the host adds it. */
  __provider?: string;
}

/** The live values of what is otherwise than declared; `null` for a tag that is not there. */
export interface Drift {
  location?: string;
  identity?: Record<string, unknown>;
  properties?: Record<string, unknown>;
  tags?: Record<string, string | null>;
}

/** What is kept in state. Fields are only ever added to it, since new code must read old state. */
export interface PrerequisiteOutputs extends PrerequisiteInputs {
  /** Set when it was to be made and Azure refused that, which was to be reported only: then nothing is this resource's own. */
  wasNotMade?: boolean;
  /** ARM id of the resource that somebody else made and that serves instead of this one: it is theirs to delete. */
  servedBy?: string;
  /** What Azure holds otherwise than declared, as the last refresh found it. */
  drift?: Drift;
  /** Why it could not be made or changed, when that was to be reported only. */
  failure?: string;
}
