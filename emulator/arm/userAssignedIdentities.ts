import { randomUUID } from "node:crypto";
import { tenantId } from "../accounts";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { UserAssignedIdentity } from "../records/resources";
import { requireLocation, requireObject, tagsOf } from "./requestBody";
import { normaliseLocation, resourceIdOf } from "./resourceId";
import { listInGroup, requireResource } from "./topLevelResources";

const type = "Microsoft.ManagedIdentity/userAssignedIdentities";

const idFrom = ({ parameters }: Call): string => resourceIdOf(parameters, type, parameters["name"]!);

export function putIdentity(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const location = normaliseLocation(requireLocation(body));
  const existing = cloud.userAssignedIdentities.get(idFrom(call));
  const identity: UserAssignedIdentity = {
    id: existing?.id ?? idFrom(call),
    name: existing?.name ?? call.parameters["name"]!,
    type,
    location,
    ...tagsOf(body),
    properties: existing?.properties ?? { tenantId, principalId: randomUUID(), clientId: randomUUID() },
  };
  cloud.principalIds.add(identity.properties.principalId);
  cloud.userAssignedIdentities.put(identity);
  return answer(existing ? 200 : 201, identity);
}

export function getIdentity(cloud: Cloud, call: Call): Answer {
  return answer(200, requireResource(cloud.userAssignedIdentities, type, call));
}

export function listIdentities(cloud: Cloud, call: Call): Answer {
  return listInGroup(cloud.userAssignedIdentities, call);
}

export function deleteIdentity(cloud: Cloud, call: Call): Answer {
  return answer(cloud.userAssignedIdentities.delete(idFrom(call)) ? 200 : 204);
}
