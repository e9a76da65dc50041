import { sameId } from "../arm/resourceId";
import type { Cloud } from "../cloud";
import type { BackupVault } from "../records/vault";
import { isVaultedBlobBackup, kindOf } from "./datasources";
import type { InstanceSpec } from "./instanceSpec";
import { userError } from "./userErrors";
import type { UserFacingError } from "./userErrors";
import { principalIdFor, userAssignedIdentityOf } from "./vaultIdentity";

/**
 * Why the service would not protect what `spec` describes, its permissions aside. Codes are those of facts 4.4; that
 * validation fails with them and a PUT is refused with them is assumed.
 */
export function findRefusal(
  cloud: Cloud,
  vault: BackupVault,
  spec: InstanceSpec,
): UserFacingError | undefined {
  const { datasourceType, resourceType } = spec.dataSourceInfo;
  const kind = kindOf(spec);
  if (!kind || kind.resourceType.toLowerCase() !== resourceType?.toLowerCase()) {
    return userError(
      "DppPluginInvalidInputParameters",
      `The datasource type '${datasourceType ?? ""}' does not go with the resource type '${resourceType ?? ""}'.`,
      "Provide a supported datasource type and its resource type.",
    );
  }
  return (
    findPolicyRefusal(cloud, vault, spec) ??
    findIdentityRefusal(cloud, vault, spec) ??
    kind.findRefusal(cloud, vault, spec)
  );
}

/** That blobs in the vault need the vault's own identity is known (facts 6, Blob); the code for both is assumed. */
function findIdentityRefusal(
  cloud: Cloud,
  vault: BackupVault,
  spec: InstanceSpec,
): UserFacingError | undefined {
  const identityId = userAssignedIdentityOf(spec);
  if (identityId === undefined) {
    return undefined;
  }
  if (principalIdFor(vault.identity, spec) === undefined) {
    return userError(
      "UserErrorInvalidParameterInRequest",
      `The identity ${identityId} is not assigned to the Backup vault ${vault.id}.`,
      "Assign the identity to the Backup vault, or use the identity of the vault.",
    );
  }
  return isVaultedBlobBackup(cloud, spec)
    ? userError(
        "UserErrorInvalidParameterInRequest",
        "A user-assigned identity is not supported for vaulted backup of blobs.",
        "Use the system-assigned identity of the Backup vault.",
      )
    : undefined;
}

function findPolicyRefusal(
  cloud: Cloud,
  vault: BackupVault,
  spec: InstanceSpec,
): UserFacingError | undefined {
  const { policyId } = spec.policyInfo;
  const policy = cloud.policies.below(vault.id).find(({ id }) => sameId(id, policyId));
  if (!policy) {
    return userError(
      "UserErrorGenericResourceNotFound",
      `The backup policy ${policyId} does not exist in the Backup vault ${vault.id}.`,
      "Provide a policy of the same Backup vault.",
    );
  }
  const datasourceType = spec.dataSourceInfo.datasourceType!;
  if (
    !policy.properties.datasourceTypes.some((type) => type.toLowerCase() === datasourceType.toLowerCase())
  ) {
    return userError(
      "UserErrorInvalidParameterInRequest",
      `The backup policy ${policy.name} is for ${policy.properties.datasourceTypes.join(", ")}, not for ${datasourceType}.`,
      "Provide a policy for the type of the datasource.",
    );
  }
  return undefined;
}
