import { normaliseLocation } from "../arm/resourceId";
import type { BackupVault } from "../records/vault";
import { userError } from "./userErrors";
import type { UserFacingError } from "./userErrors";

export function findLocationMismatch(vault: BackupVault, location: string): UserFacingError | undefined {
  return normaliseLocation(vault.location) === normaliseLocation(location)
    ? undefined
    : userError(
        "UserErrorDatasourceAndBackupVaultLocationMismatch",
        `The datasource is in ${location} and the Backup vault in ${vault.location}.`,
        "Use a Backup vault in the location of the datasource.",
      );
}
