import { sameId } from "../arm/resourceId";
import type { Cloud } from "../cloud";
import type { BackupInstance } from "../records/backupInstance";
import type { InstanceSpec } from "./instanceSpec";
import { refusal, userError } from "./userErrors";
import type { UserFacingError } from "./userErrors";

/** Throws when an instance other than the one of `ownId` has the datasource already. */
export function checkNotProtectedElsewhere(
  cloud: Cloud,
  spec: InstanceSpec,
  vaultId: string,
  ownId?: string,
): void {
  const other = findInstanceOf(cloud, spec, ownId);
  if (other) {
    throw refusal(
      other.state === "ProtectionStopped" ? alreadyHasInstance(other, other.state) : alreadyProtected(other),
    );
  }
  const deleted = cloud.deletedInstances.below(vaultId).find((one) => isOf(one.spec, spec));
  if (deleted) {
    // That the same vault refuses is documented (facts 4.1); with which code is not, so this one is assumed.
    throw refusal(alreadyHasInstance(deleted, "SoftDeleted"));
  }
}

/** The instance, not a soft-deleted one, that has the datasource. */
export function findInstanceOf(
  cloud: Cloud,
  spec: InstanceSpec,
  exceptId?: string,
): BackupInstance | undefined {
  return cloud.instances
    .all()
    .find((one) => isOf(one.spec, spec) && (exceptId === undefined || !sameId(one.id, exceptId)));
}

function isOf(one: InstanceSpec, other: InstanceSpec): boolean {
  return sameId(one.dataSourceInfo.resourceID, other.dataSourceInfo.resourceID);
}

/** Both seeds, validation. */
function alreadyProtected({ vaultId, spec }: { vaultId: string; spec: InstanceSpec }): UserFacingError {
  return userError(
    "UserErrorDppDatasourceAlreadyProtected",
    `Datasource is already protected under the Backup vault ${vaultId}.`,
    `Delete the backup instance ${spec.friendlyName} from the Backup vault ${vaultId} ` +
      "to re-protect the datasource in any other vault.",
  );
}

/** softdelete 28 */
export function alreadyHasInstance(
  { vaultId, spec }: { vaultId: string; spec: InstanceSpec },
  status: string,
): UserFacingError {
  return userError(
    "UserErrorDppDatasourceAlreadyHasBackupInstance",
    `Datasource is already associated with the backup instance ${spec.friendlyName} in the Backup vault ${vaultId} ` +
      `with the protection status as ${status}.`,
    `Delete the backup instance ${spec.friendlyName} from the Backup vault ${vaultId} ` +
      "to re-protect the datasource in any other vault",
  );
}
