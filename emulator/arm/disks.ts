import { randomUUID } from "node:crypto";
import { toTimestamp } from "../clock";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { Disk } from "../records/resources";
import { badRequest } from "./errors";
import { isObject, objectProperty, property, requireLocation, requireObject, tagsOf } from "./requestBody";
import { normaliseLocation, resourceIdOf } from "./resourceId";
import { checkStaysInRegion, listInGroup, listInSubscription, requireResource } from "./topLevelResources";

const type = "Microsoft.Compute/disks";

const idFrom = (parameters: Record<string, string>): string =>
  resourceIdOf(parameters, type, parameters["name"]!);

const find = (cloud: Cloud, call: Call): Disk => requireResource(cloud.disks, type, call);

export function putDisk(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const location = normaliseLocation(requireLocation(body));
  const properties = property(body, "properties");
  const creationData = property(properties, "creationData");
  if (!isObject(properties) || typeof property(creationData, "createOption") !== "string") {
    throw badRequest("InvalidParameter", "Required parameter 'creationData.createOption' is missing (null).");
  }
  const id = idFrom(call.parameters);
  const existing = cloud.disks.get(id);
  checkStaysInRegion(existing, location, call);
  const disk = createDisk(cloud, {
    name: existing?.name ?? call.parameters["name"]!,
    id: existing?.id ?? id,
    location,
    ...tagsOf(body),
    sku: objectProperty(body, "sku"),
    ...(property(body, "zones") ? { zones: property(body, "zones") } : {}),
    properties,
  });
  return answer(200, disk);
}

/** Puts a disk there, or in the place of the one of its id, with what Compute adds to it. */
export function createDisk(cloud: Cloud, asked: Omit<Disk, "type">): Disk {
  const existing = cloud.disks.get(asked.id);
  const { id, name, location, tags, sku, zones, properties } = asked;
  const disk: Disk = {
    name,
    id,
    type,
    location,
    ...(tags ? { tags } : {}),
    sku: { name: "Standard_LRS", tier: "Standard", ...sku },
    ...(zones ? { zones } : {}),
    properties: {
      encryption: { type: "EncryptionAtRestWithPlatformKey" },
      networkAccessPolicy: "AllowAll",
      publicNetworkAccess: "Enabled",
      timeCreated: existing?.properties["timeCreated"] ?? toTimestamp(cloud.now()),
      uniqueId: existing?.properties["uniqueId"] ?? randomUUID(),
      ...properties,
      provisioningState: "Succeeded",
      diskState: "Unattached",
    },
  };
  cloud.disks.put(disk);
  return disk;
}

export function patchDisk(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const disk = find(cloud, call);
  const changed: Disk = {
    ...disk,
    ...tagsOf(body),
    sku: { ...disk.sku, ...objectProperty(body, "sku") },
    properties: { ...disk.properties, ...objectProperty(body, "properties") },
  };
  cloud.disks.put(changed);
  return answer(200, changed);
}

export function getDisk(cloud: Cloud, call: Call): Answer {
  return answer(200, find(cloud, call));
}

export function listDisks(cloud: Cloud, call: Call): Answer {
  return listInGroup(cloud.disks, call);
}

export function listDisksInSubscription(cloud: Cloud, call: Call): Answer {
  return listInSubscription(cloud.disks, call);
}

/** A protected disk may be deleted: its snapshots stay, its backup instance too. */
export function deleteDisk(cloud: Cloud, call: Call): Answer {
  const disk = cloud.disks.get(idFrom(call.parameters));
  if (!disk) {
    return answer(204);
  }
  cloud.removeTree(disk.id);
  return answer(200);
}
