import type { BackupInstanceArgs } from "../provider/backupInstance";
import type { VaultReference } from "./vaultReference";

/**
 * What every component that protects a datasource is declared with: all of {@link BackupInstanceArgs} but vault and
 * datasource, which each component takes in a form of its own.
 */
export interface ProtectionArgs extends Omit<BackupInstanceArgs, "vaultId" | "datasource"> {
  /** The Backup vault, in the datasource's region: azure-native's resource, or the ids of an existing one. */
  vault: VaultReference;
}
