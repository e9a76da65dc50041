import { property, requireObject, textProperty } from "../arm/requestBody";
import { toTimestamp } from "../clock";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { ResourceGuardProxy } from "../records/vault";
import { dataProtectionContentType } from "./contentType";
import { checkApproved, checkGuardReachable, checkUnlocked } from "./multiUserAuthorization";
import { operationDetailsOf } from "./resourceGuards";
import { invalidInput, resourceDoesNotExist } from "./userErrors";
import { vaultOf } from "./vaults";

/** The only name that a proxy can have (facts 4.3). */
const proxyName = "DppResourceGuardProxy";
const unlockedForInMs = 30 * 60 * 1000;

const idFrom = (cloud: Cloud, call: Call): string =>
  `${vaultOf(cloud, call).id}/backupResourceGuardProxies/${proxyName}`;

function find(cloud: Cloud, call: Call): ResourceGuardProxy {
  const isNamed = call.parameters["name"]!.toLowerCase() === proxyName.toLowerCase();
  const proxy = isNamed ? cloud.resourceGuardProxies.get(idFrom(cloud, call)) : undefined;
  if (!proxy) {
    throw resourceDoesNotExist(call.apiVersion);
  }
  return proxy;
}

export function putProxy(cloud: Cloud, call: Call): Answer {
  if (call.parameters["name"]!.toLowerCase() !== proxyName.toLowerCase()) {
    throw invalidInput(`A Resource Guard proxy must be named ${proxyName}.`);
  }
  const guardId = textProperty(property(requireObject(call.body), "properties"), "resourceGuardResourceId");
  const guard = cloud.resourceGuards.get(guardId ?? "");
  if (!guard) {
    throw invalidInput(`There is no Resource Guard ${guardId ?? "in resourceGuardResourceId"}.`);
  }
  checkGuardReachable(cloud, call, guard);
  const proxy = { id: idFrom(cloud, call), guardId: guard.id, updatedAt: cloud.now() };
  cloud.resourceGuardProxies.put(proxy);
  return answer(200, render(cloud, proxy), dataProtectionContentType(call));
}

export function getProxy(cloud: Cloud, call: Call): Answer {
  return answer(200, render(cloud, find(cloud, call)), dataProtectionContentType(call));
}

export function listProxies(cloud: Cloud, call: Call): Answer {
  const proxies = cloud.resourceGuardProxies.below(vaultOf(cloud, call).id);
  return answer(200, { value: proxies.map((one) => render(cloud, one)) }, dataProtectionContentType(call));
}

export function deleteProxy(cloud: Cloud, call: Call): Answer {
  const proxy = cloud.resourceGuardProxies.get(idFrom(cloud, call));
  if (!proxy) {
    return answer(204);
  }
  checkUnlocked(cloud, vaultOf(cloud, call), "backupResourceGuardProxies/delete", proxy.id);
  cloud.resourceGuardProxies.delete(proxy.id);
  return answer(200, {}, dataProtectionContentType(call));
}

/**
 * Takes the guard's consent to a deletion, which then counts for half an hour at any speed. Without a resource it is the
 * binding itself that is to be deleted (resource_guard_mapping 10).
 */
export function unlockDelete(cloud: Cloud, call: Call): Answer {
  const proxy = find(cloud, call);
  const resourceId = textProperty(requireObject(call.body), "resourceToBeDeleted") || proxy.id;
  const isProxy = resourceId.toLowerCase() === proxy.id.toLowerCase();
  const operation = isProxy ? "backupResourceGuardProxies/delete" : "backupInstances/delete";
  // Unlike others, this body has had its place for them at 2022-10-01-preview and 2023-12-01 already (Bicep's types).
  const requests = property(call.body, "resourceGuardOperationRequests");
  checkApproved(cloud, call, vaultOf(cloud, call), operation, requests);
  const expiresAt = cloud.now() + unlockedForInMs;
  cloud.deleteUnlocks.put({ id: resourceId, expiresAt });
  const body = { unlockDeleteExpiryTime: toTimestamp(expiresAt) };
  return answer(200, body, dataProtectionContentType(call));
}

function render(cloud: Cloud, { id, guardId, updatedAt }: ResourceGuardProxy): Record<string, unknown> {
  const guard = cloud.resourceGuards.get(guardId);
  return {
    properties: {
      resourceGuardResourceId: guardId,
      resourceGuardOperationDetails: guard ? operationDetailsOf(guard) : [],
      lastUpdatedTime: toTimestamp(updatedAt),
    },
    id,
    name: proxyName,
    // So in resource_guard_mapping 7 to 9, whatever the path says.
    type: "Microsoft.DataProtection/vaults/backupResourceGuardProxies",
  };
}
