import { randomUUID } from "node:crypto";
import type { Cloud } from "../cloud";
import { absoluteUrl, answer } from "../message";
import type { Answer, Call } from "../message";
import type { ResourceGroup } from "../records/resources";
import { isAllowed } from "./authorization";
import { ArmError, conflict, resourceGroupNotFound } from "./errors";
import { requireLocation, requireObject, tagsOf } from "./requestBody";
import { nameOf, normaliseLocation } from "./resourceId";

const idFrom = ({ subscriptionId, name }: Record<string, string>): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${name}`;

function find(cloud: Cloud, call: Call): ResourceGroup {
  const group = cloud.resourceGroups.get(idFrom(call.parameters));
  if (!group) {
    throw resourceGroupNotFound(call.parameters["name"]!);
  }
  return group;
}

export function putResourceGroup(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const location = normaliseLocation(requireLocation(body));
  const id = idFrom(call.parameters);
  const existing = cloud.resourceGroups.get(id);
  if (existing && existing.location !== location) {
    throw conflict(
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${location}'. The Resource group already exists in location '${existing.location}'.`,
    );
  }
  if (existing?.properties.provisioningState === "Deleting") {
    throw conflict(
      "ResourceGroupBeingDeleted",
      `The resource group '${existing.name}' is in deprovisioning state and cannot perform this operation.`,
    );
  }
  const group: ResourceGroup = {
    id: existing?.id ?? id,
    name: existing?.name ?? call.parameters["name"]!,
    type: "Microsoft.Resources/resourceGroups",
    location,
    ...tagsOf(body),
    properties: { provisioningState: "Succeeded" },
  };
  cloud.resourceGroups.put(group);
  return answer(existing ? 200 : 201, group);
}

export function patchResourceGroup(cloud: Cloud, call: Call): Answer {
  const group = { ...find(cloud, call), ...tagsOf(requireObject(call.body)) };
  cloud.resourceGroups.put(group);
  return answer(200, group);
}

export function getResourceGroup(cloud: Cloud, call: Call): Answer {
  return answer(200, find(cloud, call));
}

export function headResourceGroup(cloud: Cloud, call: Call): Answer {
  return answer(cloud.resourceGroups.get(idFrom(call.parameters)) ? 204 : 404);
}

export function listResourceGroups(cloud: Cloud, call: Call): Answer {
  const action = "Microsoft.Resources/subscriptions/resourceGroups/read";
  const value = cloud.resourceGroups
    .below(`/subscriptions/${call.parameters["subscriptionId"]}`)
    .filter(({ id }) => isAllowed(cloud, call, { action, scope: id }));
  return answer(200, { value });
}

export function deleteResourceGroup(cloud: Cloud, call: Call): Answer {
  const group = find(cloud, call);
  const deletionId = `/subscriptions/${call.parameters["subscriptionId"]}/operationresults/${randomUUID()}`;
  cloud.resourceGroupDeletions.put({
    id: deletionId,
    resourceGroupName: group.name,
    state: "running",
    blockingResourceIds: [],
  });
  cloud.resourceGroups.put({ ...group, properties: { provisioningState: "Deleting" } });
  cloud.schedule(cloud.now() + cloud.pace.inMs("resourceGroupDelete"), {
    kind: "endResourceGroupDeletion",
    resourceGroupId: group.id,
    deletionId,
  });
  return acceptedAt(cloud, call, deletionId);
}

function acceptedAt(cloud: Cloud, call: Call, deletionId: string): Answer {
  return answer(202, undefined, {
    Location: absoluteUrl(call, deletionId, `api-version=${call.apiVersion}`),
    ...cloud.pace.retryHeaders("resourceGroupDelete"),
  });
}

/** A vault that still holds instances, soft-deleted ones too, keeps its group. */
export function endResourceGroupDeletion(
  cloud: Cloud,
  { resourceGroupId, deletionId }: { resourceGroupId: string; deletionId: string },
): void {
  const group = cloud.resourceGroups.get(resourceGroupId);
  const deletion = cloud.resourceGroupDeletions.get(deletionId);
  if (!group || !deletion) {
    return;
  }
  const blockingResourceIds = cloud.vaults
    .below(resourceGroupId)
    .filter(({ id }) => cloud.instances.below(id).length + cloud.deletedInstances.below(id).length > 0)
    .map(({ id }) => id);
  if (blockingResourceIds.length > 0) {
    cloud.resourceGroupDeletions.put({ ...deletion, state: "failed", blockingResourceIds });
    cloud.resourceGroups.put({ ...group, properties: { provisioningState: "Succeeded" } });
    return;
  }
  cloud.resourceGroupDeletions.put({ ...deletion, state: "done" });
  cloud.removeTree(resourceGroupId);
}

export function getResourceGroupDeletion(cloud: Cloud, call: Call): Answer {
  const deletion = cloud.resourceGroupDeletions.get(call.path);
  if (!deletion) {
    throw new ArmError(404, "OperationNotFound", `The operation '${nameOf(call.path)}' could not be found.`);
  }
  if (deletion.state === "running") {
    return acceptedAt(cloud, call, deletion.id);
  }
  if (deletion.state === "failed") {
    throw conflict(
      "ResourceGroupDeletionBlocked",
      `Deletion of resource group '${deletion.resourceGroupName}' failed as resources with identifiers ` +
        `'${deletion.blockingResourceIds.join(",")}' could not be deleted. The provisioning state of the ` +
        "resource group will be rolled back.",
    );
  }
  return answer(200);
}
