import { randomBytes } from "node:crypto";
import { toTimestamp } from "../clock";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { StorageAccount } from "../records/resources";
import { badRequest, conflict } from "./errors";
import {
  objectProperty,
  property,
  requireLocation,
  requireObject,
  tagsOf,
  textProperty,
} from "./requestBody";
import { normaliseLocation, resourceIdOf, sameId } from "./resourceId";
import { listInGroup, listInSubscription, requireResource } from "./topLevelResources";

const type = "Microsoft.Storage/storageAccounts";

/** The account that the route's `name` or `accountName` means. */
export function findStorageAccount(cloud: Cloud, call: Call): StorageAccount {
  const name = call.parameters["accountName"] ?? call.parameters["name"]!;
  return requireResource(cloud.storageAccounts, type, call, name);
}

export function putStorageAccount(cloud: Cloud, call: Call): Answer {
  const name = call.parameters["name"]!;
  const id = resourceIdOf(call.parameters, type, name);
  checkName(cloud, name, id);
  const body = requireObject(call.body);
  const location = normaliseLocation(requireLocation(body));
  const skuName = textProperty(property(body, "sku"), "name");
  if (!skuName) {
    throw badRequest("InvalidValuesForRequestParameters", "Values for request parameters are invalid: sku.");
  }
  const existing = cloud.storageAccounts.get(id);
  const account: StorageAccount = {
    sku: { name: skuName, tier: skuName.split("_")[0] },
    kind: textProperty(body, "kind") ?? "StorageV2",
    id: existing?.id ?? id,
    name,
    type,
    location,
    tags: tagsOf(body).tags ?? {},
    properties: {
      supportsHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      allowBlobPublicAccess: false,
      accessTier: "Hot",
      creationTime: existing?.properties["creationTime"] ?? toTimestamp(cloud.now()),
      ...objectProperty(body, "properties"),
      provisioningState: "Succeeded",
      primaryLocation: location,
      statusOfPrimary: "available",
      primaryEndpoints: { blob: `https://${name}.blob.core.windows.net/` },
    },
  };
  cloud.storageAccounts.put(account);
  return answer(200, account);
}

/** Why a name cannot be given to an account: malformed, or taken, as names are unique in all of Azure. */
function findNameProblem(
  cloud: Cloud,
  name: string,
  id?: string,
): { reason: "AccountNameInvalid" | "AlreadyExists"; message: string } | undefined {
  if (!/^[a-z0-9]{3,24}$/.test(name)) {
    return {
      reason: "AccountNameInvalid",
      message:
        `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in ` +
        "length and use numbers and lower-case letters only.",
    };
  }
  const taken = cloud.storageAccounts
    .all()
    .some((other) => other.name === name && !sameId(other.id, id ?? ""));
  return taken
    ? { reason: "AlreadyExists", message: `The storage account named ${name} is already taken.` }
    : undefined;
}

function checkName(cloud: Cloud, name: string, id: string): void {
  const problem = findNameProblem(cloud, name, id);
  if (problem?.reason === "AccountNameInvalid") {
    throw badRequest(problem.reason, problem.message);
  }
  if (problem) {
    throw conflict("StorageAccountAlreadyTaken", problem.message);
  }
}

/** `POST .../checkNameAvailability`, which the Azure CLI asks before it creates an account. */
export function checkStorageAccountName(cloud: Cloud, call: Call): Answer {
  const name = textProperty(requireObject(call.body), "name");
  if (name === undefined) {
    throw badRequest("InvalidValuesForRequestParameters", "Values for request parameters are invalid: name.");
  }
  const problem = findNameProblem(cloud, name);
  return answer(200, problem ? { nameAvailable: false, ...problem } : { nameAvailable: true });
}

export function patchStorageAccount(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const account = findStorageAccount(cloud, call);
  const changed: StorageAccount = {
    ...account,
    ...tagsOf(body),
    properties: { ...account.properties, ...objectProperty(body, "properties") },
  };
  cloud.storageAccounts.put(changed);
  return answer(200, changed);
}

export function getStorageAccount(cloud: Cloud, call: Call): Answer {
  return answer(200, findStorageAccount(cloud, call));
}

export function listStorageAccounts(cloud: Cloud, call: Call): Answer {
  return listInGroup(cloud.storageAccounts, call);
}

export function listStorageAccountsInSubscription(cloud: Cloud, call: Call): Answer {
  return listInSubscription(cloud.storageAccounts, call);
}

export function listStorageAccountKeys(cloud: Cloud, call: Call): Answer {
  findStorageAccount(cloud, call);
  const keys = ["key1", "key2"].map((keyName) => ({
    keyName,
    value: randomBytes(64).toString("base64"),
    permissions: "FULL",
  }));
  return answer(200, { keys });
}

export function deleteStorageAccount(cloud: Cloud, call: Call): Answer {
  const account = cloud.storageAccounts.get(resourceIdOf(call.parameters, type, call.parameters["name"]!));
  if (!account) {
    return answer(204);
  }
  cloud.removeTree(account.id);
  return answer(200);
}
