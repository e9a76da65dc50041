import type { InstanceSpec } from "../dataProtection/instanceSpec";
import type { ProtectionState } from "../dataProtection/protectionState";
import type { ShownAs } from "../dataProtection/shownAs";
import type { UserFacingError } from "../dataProtection/userErrors";

/** A backup instance that is there, whatever has become of its protection. */
export interface BackupInstance extends ShownAs {
  id: string;
  name: string;
  vaultId: string;
  tags?: Record<string, string>;
  spec: InstanceSpec;
  state: ProtectionState;
  /** Why it is in `ProtectionError`. */
  error?: UserFacingError;
  /** `Provisioning` or `Succeeded`, unless control says otherwise. */
  provisioningState: string;
  /** Has been protected once, so that there may be backups to keep. */
  wasProtected: boolean;
  /** When its protection was configured last, in milliseconds since the epoch. */
  protectedAt?: number;
  /** The same of the first time. */
  firstProtectedAt?: number;
  /** Counts what clients asked of it; a task of an earlier request has nothing more to say. */
  revision: number;
  /** Set while its deletion runs. */
  deletionOperationId?: string;
}

/** One that is soft-deleted, with what an undelete brings back. */
export interface DeletedBackupInstance {
  id: string;
  name: string;
  vaultId: string;
  instance: BackupInstance;
  spec: InstanceSpec;
  deletedAt: number;
  purgedAt: number;
  deleteActivityId: string;
}

/** How attempts to protect a datasource end, by its id. */
export interface ProtectionFailure {
  id: string;
  state: ProtectionState;
  error: UserFacingError;
}

/** How long the lock on a datasource outlives its last instance, by the datasource's id. */
export interface LockDelay {
  id: string;
  durationInMs: number;
}

/** When the next backup of an instance is due, by the instance's id. */
export interface NextBackup {
  id: string;
  dueAt: number;
}
