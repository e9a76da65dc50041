import type { Cloud } from "../cloud";
import type { BackupVault } from "../records/vault";
import type { InstanceSpec } from "./instanceSpec";
import { findLocationMismatch } from "./locationCheck";
import { usesVaultStore } from "./policies";
import { userError } from "./userErrors";
import type { UserFacingError } from "./userErrors";

export function findBlobRefusal(
  cloud: Cloud,
  vault: BackupVault,
  spec: InstanceSpec,
): UserFacingError | undefined {
  const accountId = spec.dataSourceInfo.resourceID;
  const account = cloud.storageAccounts.get(accountId);
  if (!account) {
    return userError(
      "UserErrorAzureResourceNotFoundByPlugin",
      `The storage account ${accountId} was not found.`,
      "Provide a storage account that exists.",
    );
  }
  const isHierarchical = account.properties["isHnsEnabled"] === true;
  const wantsHierarchical = /adlsBlobServices$/i.test(spec.dataSourceInfo.datasourceType!);
  if (isHierarchical !== wantsHierarchical) {
    return userError(
      "UserErrorUnsupportedStorageAccountType",
      `The storage account ${account.name} is not of a type that this datasource type supports.`,
      "Use adlsBlobServices for accounts with a hierarchical namespace, and blobServices for others.",
    );
  }
  return findLocationMismatch(vault, account.location) ?? findContainerRefusal(cloud, account.id, spec);
}

function findContainerRefusal(
  cloud: Cloud,
  accountId: string,
  spec: InstanceSpec,
): UserFacingError | undefined {
  const parameters = spec.policyInfo.policyParameters?.backupDatasourceParametersList ?? [];
  const isAutomatic = parameters.some((one) => "autoProtectionSettings" in one);
  const containers = parameters.flatMap((one) =>
    Array.isArray(one["containersList"]) ? (one["containersList"] as unknown[]) : [],
  );
  const isVaulted = usesVaultStore(cloud.policies.get(spec.policyInfo.policyId));
  if (isVaulted && !isAutomatic && containers.length === 0) {
    return userError(
      "UserErrorNoContainersSelectedForOperation",
      "No containers are selected for the operation.",
      "Select at least one container.",
    );
  }
  const missing = containers.filter(
    (name) => !cloud.blobContainers.get(`${accountId}/blobServices/default/containers/${String(name)}`),
  );
  if (missing.length > 0 || new Set(containers).size < containers.length) {
    return userError(
      "UserErrorIncorrectContainersSelectedForOperation",
      `The list of containers is not valid; missing in the storage account: ${missing.join(", ") || "none"}.`,
      "Select containers that exist, each once.",
    );
  }
  return undefined;
}
