import { containerIdOf, createContainer } from "../../arm/blobContainers";
import { normaliseLocation, sameId } from "../../arm/resourceId";
import type { Cloud } from "../../cloud";
import { assumedCodes } from "../assumedCodes";
import type { InstanceSpec } from "../instanceSpec";
import { userError } from "../userErrors";
import type { UserFacingError } from "../userErrors";
import type { RecoverableKind, RestoreOrder } from "./recoverableKind";
import { restorableRangeOf } from "./restorableRange";

const mostContainers = 100;
const mostRanges = 10;

/**
 * Containers come back from the vault into another account; from the account's own versions, blobs are put back in place,
 * which changes nothing that the emulator has.
 */
export const blobRecovery: RecoverableKind = {
  contentsOf: (cloud, spec) => ({ containers: containersOf(cloud, spec) }),
  restorableRange: restorableRangeOf,
  restoreDuration: (store) => (store === "VaultStore" ? "vaultedRestore" : "operationalRestore"),
  requiredRoles: ({ request }) => [{ role: "storageAccountBackupContributor", scope: request.targetId }],
  findRefusal: (cloud, order) =>
    order.request.store === "VaultStore"
      ? (findAccountRefusal(cloud, order) ?? findContainerRefusal(cloud, order))
      : findTimeRefusal(cloud, order),
  perform: (cloud, order) => {
    for (const { renameTo } of order.request.store === "VaultStore" ? containersToRestore(order) : []) {
      createContainer(cloud, order.request.targetId, renameTo);
    }
  },
};

/** Those that the instance names, or all of the account. */
function containersOf(cloud: Cloud, spec: InstanceSpec): string[] {
  const parameters = spec.policyInfo.policyParameters?.backupDatasourceParametersList ?? [];
  const named = parameters.flatMap(({ containersList }) =>
    Array.isArray(containersList) ? (containersList as string[]) : [],
  );
  return named.length > 0
    ? named
    : cloud.blobContainers.below(spec.dataSourceInfo.resourceID).map(({ name }) => name);
}

function containersToRestore({ request, point }: RestoreOrder): { name: string; renameTo: string }[] {
  return request.containers ?? (point?.containers ?? []).map((name) => ({ name, renameTo: name }));
}

function findAccountRefusal(
  cloud: Cloud,
  { instance, request: { targetId, location } }: RestoreOrder,
): UserFacingError | undefined {
  const { resourceID, datasourceType } = instance.spec.dataSourceInfo;
  const target = cloud.storageAccounts.get(targetId);
  if (!target) {
    return userError(
      assumedCodes.restoreTargetNotFound,
      `The storage account ${targetId} was not found.`,
      "Provide a storage account that exists.",
    );
  }
  if (sameId(targetId, resourceID)) {
    return userError(
      assumedCodes.restoreToSource,
      "Vaulted backups cannot be restored to the storage account that they are of.",
      "Provide another storage account.",
    );
  }
  if ((target.properties["isHnsEnabled"] === true) !== /adlsBlobServices$/i.test(datasourceType ?? "")) {
    return userError(
      "UserErrorUnsupportedStorageAccountType",
      `The storage account ${target.name} is not of the type of the one that was backed up.`,
      "Provide a storage account of the same type.",
    );
  }
  return normaliseLocation(location) === normaliseLocation(target.location)
    ? undefined
    : userError(
        assumedCodes.restoreLocation,
        `The storage account ${target.name} is in ${target.location}, and the restore in ${location}.`,
        "Restore in the region of the storage account.",
      );
}

function findContainerRefusal(cloud: Cloud, order: RestoreOrder): UserFacingError | undefined {
  const { request, point } = order;
  const containers = containersToRestore(order);
  const missing = containers.filter(({ name }) => !point?.containers?.includes(name));
  if (missing.length > 0 || containers.length > mostContainers) {
    return userError(
      "UserErrorIncorrectContainersSelectedForOperation",
      `The list of containers is not valid; missing in the recovery point: ${missing.map(({ name }) => name).join(", ") || "none"}.`,
      `Select up to ${mostContainers} containers of the recovery point.`,
    );
  }
  const existing = containers.filter(({ renameTo }) =>
    cloud.blobContainers.get(containerIdOf(request.targetId, renameTo)),
  );
  return existing.length === 0
    ? undefined
    : userError(
        assumedCodes.restoreTargetExists,
        `The storage account has containers of the same names: ${existing.map(({ renameTo }) => renameTo).join(", ")}.`,
        "Provide other names for the containers.",
      );
}

function findTimeRefusal(cloud: Cloud, { instance, request }: RestoreOrder): UserFacingError | undefined {
  const { time, targetId, rangeCount = 0, containers } = request;
  const range = restorableRangeOf(cloud, instance);
  if (time === undefined || !range || time < range.startsAt || time > range.endsAt) {
    return userError(
      "UserErrorInvalidRestorableTimeRange",
      "The given time range is invalid",
      "Please ensure that the given time range in the request is valid",
    );
  }
  if (!sameId(targetId, instance.spec.dataSourceInfo.resourceID)) {
    return userError(
      "UserErrorInvalidParameterInRequest",
      "Operational backups are restored in the storage account that they are of.",
      "Provide the storage account that is protected.",
    );
  }
  return rangeCount > mostRanges || containers
    ? userError(
        "UserErrorInvalidParameterInRequest",
        `Operational backups are restored by up to ${mostRanges} ranges of names.`,
        "Provide fewer ranges.",
      )
    : undefined;
}
