import type { UserFacingError } from "../dataProtection/userErrors";

/** A long-running operation of a vault. Whether it runs is told by the clock. */
export interface Operation {
  /** Base64 of `guid;guid`, the first of which is the vault's own. */
  id: string;
  vaultId: string;
  instanceId?: string;
  startedAt: number;
  endsAt: number;
  /** Set when the operation failed. */
  error?: UserFacingError;
  /** What its status is said to be, whatever the clock says: what control or a fault set. */
  status?: string;
  /** What is said to be its error, with such a status. */
  shownError?: unknown;
  /** ARM id of the job that the operation started. */
  jobId?: string;
  /** It ends the vault, so that its status is answered elsewhere. */
  outlivesVault?: true;
  /** Its URLs were handed out with a signature, and answer to nothing else. */
  isSigned: boolean;
}
