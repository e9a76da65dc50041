import { isObject, property, textProperty } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import type { Cloud } from "../cloud";
import type { BackupVault } from "../records/vault";
import { assumedCodes } from "./assumedCodes";
import { refusal, userError } from "./userErrors";

/**
 * What a PUT or PATCH makes of a vault's features. Cross-region restore cannot be taken back (backup_vault_update 40); that it stays
 * where the request leaves it out is assumed.
 */
export function readFeatures(properties: unknown, existing: BackupVault | undefined): JsonObject | undefined {
  const asked = property(properties, "featureSettings");
  const before = existing?.featureSettings;
  if (!isObject(asked)) {
    return before;
  }
  const restoreBefore = property(before, "crossRegionRestoreSettings");
  const restoreAfter = property(asked, "crossRegionRestoreSettings");
  const wasEnabled = textProperty(restoreBefore, "state") === "Enabled";
  if (wasEnabled && textProperty(restoreAfter, "state") === "Disabled") {
    throw refusal(
      userError(
        "UserErrorCrossRegionRestoreStateChangeNotAllowed",
        "CrossRegionRestore state cannot be changed from Enabled to Disabled.",
        "Please contact Microsoft Support if this is not expected.",
      ),
    );
  }
  return wasEnabled && restoreAfter === undefined
    ? { ...asked, crossRegionRestoreSettings: restoreBefore }
    : asked;
}

/** That the redundancy stays once a vault holds backups is documented (Backup vault overview); what the service says is assumed. */
export function checkRedundancyKept(
  cloud: Cloud,
  existing: BackupVault | undefined,
  storageSettings: readonly unknown[],
): void {
  const isUsed =
    existing !== undefined &&
    [cloud.instances, cloud.deletedInstances].some((instances) => instances.below(existing.id).length > 0);
  if (isUsed && !isSameStorage(existing.storageSettings, storageSettings)) {
    throw refusal(
      userError(
        assumedCodes.redundancyInUse,
        `The storage redundancy of the Backup vault ${existing.id} cannot be changed while it holds backup instances.`,
        "Create another Backup vault.",
      ),
    );
  }
}

function isSameStorage(one: readonly unknown[], other: readonly unknown[]): boolean {
  const storageIn = (settings: readonly unknown[]): string =>
    settings
      .map((setting) =>
        `${textProperty(setting, "datastoreType")} ${textProperty(setting, "type")}`.toLowerCase(),
      )
      .sort()
      .join();
  return storageIn(one) === storageIn(other);
}
