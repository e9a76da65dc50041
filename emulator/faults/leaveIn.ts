import type { Cloud } from "../cloud";
import type { Collection } from "../collection";
import { revise } from "../dataProtection/instanceState";

/** Leaves a resource in a state of provisioning; what else was to become of it does not. The next write ends it. */
export function leaveIn(cloud: Cloud, id: string, provisioningState: string): void {
  const instance = cloud.instances.get(id);
  if (instance) {
    revise(cloud, instance, { provisioningState });
  }
  const vault = cloud.vaults.get(id);
  if (vault) {
    cloud.vaults.put({ ...vault, provisioningState });
  }
  setIn(cloud.resourceGroups, id, provisioningState);
  setIn(cloud.disks, id, provisioningState);
  setIn(cloud.storageAccounts, id, provisioningState);
}

function setIn<Item extends { id: string; properties: object }>(
  collection: Collection<Item>,
  id: string,
  provisioningState: string,
): void {
  const item = collection.get(id);
  if (item) {
    collection.put({ ...item, properties: { ...item.properties, provisioningState } });
  }
}
