import { randomBytes } from "node:crypto";
import { toTimestamp } from "../clock";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { BlobContainer } from "../records/resources";
import { ArmError, badRequest } from "./errors";
import { isObject, property } from "./requestBody";
import type { JsonObject } from "./requestBody";
import { findStorageAccount } from "./storageAccounts";

/** The id of a container of an account. */
export const containerIdOf = (accountId: string, name: string): string =>
  `${accountId}/blobServices/default/containers/${name}`;

/** The account's blob service always exists; what is put is kept for the next read. */
export function getBlobService(cloud: Cloud, call: Call): Answer {
  const account = findStorageAccount(cloud, call);
  const id = `${account.id}/blobServices/default`;
  return answer(200, {
    sku: account.sku,
    id,
    name: "default",
    type: "Microsoft.Storage/storageAccounts/blobServices",
    properties: cloud.blobServices.get(id)?.properties ?? {},
  });
}

export function putBlobService(cloud: Cloud, call: Call): Answer {
  const account = findStorageAccount(cloud, call);
  const properties = property(call.body, "properties");
  const id = `${account.id}/blobServices/default`;
  cloud.blobServices.put({ id, properties: isObject(properties) ? properties : {} });
  return getBlobService(cloud, call);
}

export function putContainer(cloud: Cloud, call: Call): Answer {
  const account = findStorageAccount(cloud, call);
  const name = call.parameters["name"]!;
  if (!/^(\$web|\$root|[a-z0-9](-?[a-z0-9])+)$/.test(name) || name.length > 63) {
    throw badRequest("ContainerOperationFailure", "The specified resource name contains invalid characters.");
  }
  const existing = cloud.blobContainers.get(containerIdOf(account.id, name));
  const properties = property(call.body, "properties");
  const container = createContainer(cloud, account.id, name, isObject(properties) ? properties : {});
  return answer(existing ? 200 : 201, container);
}

/** Puts a container into an account, with what Storage adds to it. */
export function createContainer(
  cloud: Cloud,
  accountId: string,
  name: string,
  properties: JsonObject = {},
): BlobContainer {
  const container: BlobContainer = {
    id: containerIdOf(accountId, name),
    name,
    type: "Microsoft.Storage/storageAccounts/blobServices/containers",
    etag: `"0x${randomBytes(8).toString("hex").toUpperCase()}"`,
    properties: {
      immutableStorageWithVersioning: { enabled: false },
      deleted: false,
      remainingRetentionDays: 0,
      defaultEncryptionScope: "$account-encryption-key",
      denyEncryptionScopeOverride: false,
      publicAccess: "None",
      leaseStatus: "Unlocked",
      leaseState: "Available",
      lastModifiedTime: toTimestamp(cloud.now()),
      hasImmutabilityPolicy: false,
      hasLegalHold: false,
      ...properties,
    },
  };
  cloud.blobContainers.put(container);
  return container;
}

export function getContainer(cloud: Cloud, call: Call): Answer {
  const account = findStorageAccount(cloud, call);
  const container = cloud.blobContainers.get(containerIdOf(account.id, call.parameters["name"]!));
  if (!container) {
    throw new ArmError(404, "ContainerNotFound", "The specified container does not exist.");
  }
  return answer(200, container);
}

export function listContainers(cloud: Cloud, call: Call): Answer {
  const account = findStorageAccount(cloud, call);
  // Without a charset (create_and_delete_blob 1).
  return answer(
    200,
    { value: cloud.blobContainers.below(account.id) },
    { "Content-Type": "application/json" },
  );
}

export function deleteContainer(cloud: Cloud, call: Call): Answer {
  const account = findStorageAccount(cloud, call);
  const existed = cloud.blobContainers.delete(containerIdOf(account.id, call.parameters["name"]!));
  return answer(existed ? 200 : 204);
}
