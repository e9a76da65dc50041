import type { Deadline } from "../azure/http/deadline";
import { parseResourceId } from "../azure/resourceId";
import { text } from "../azure/json";
import type { UnreadInstance } from "../dataProtection/instanceList";
import type { WireBackupInstanceProperties, WireDeletedBackupInstance } from "../dataProtection/wire";
import type { Session } from "../host/session";
import type { PrerequisiteInputs } from "./inputs";
import { kinds, scopeOf } from "./kinds";

/** A backup instance for which a resource must stay. */
export interface Holder {
  /** ARM id; words where the service shows none. */
  instanceId: string;
  /** Until when a soft-deleted instance is kept, as the service spells it; `undefined` for one that is not deleted. */
  keptUntil: string | undefined;
}

/**
 * The instances that still need a resource: while they protect, and for what the service gives back, also while they are
 * soft-deleted. Those count that this and other stacks declare, and those that nobody declares any more; and of those that
 * cannot be read, which name the resource.
 */
export async function holdersOf(
  { service, live }: Session,
  resource: PrerequisiteInputs,
  deadline: Deadline,
): Promise<Holder[]> {
  const { isNeededFor, isNeededForRecovery } = kinds[resource.sort];
  const vaultId = resource.neededBy?.vaultId;
  if (vaultId === undefined || parseResourceId(vaultId) === undefined) {
    return [];
  }
  if (!isNeededForRecovery) {
    const one = await live.findAny(vaultId, ({ properties }) => isNeededFor(resource, properties), deadline);
    const unread = await live.findUnread(vaultId, deadline);
    return (one === undefined ? [] : [holder(one.id)]).concat(unreadHolders(resource, unread));
  }
  const [existing, deleted] = await Promise.all([
    service.listInstances(vaultId, deadline),
    service.listDeleted(vaultId, deadline),
  ]);
  const needing = [...existing.instances, ...deleted.instances]
    .filter(({ properties }) => isNeededFor(resource, properties))
    .map(({ id, properties }: WireDeletedBackupInstance) =>
      holder(id, text(properties.deletionInfo?.scheduledPurgeTime)),
    );
  return [...needing, ...unreadHolders(resource, [...existing.unread, ...deleted.unread])];
}

function holder(id = "that the service shows without an id", keptUntil?: string): Holder {
  return { instanceId: id.replace(/\/deletedBackupInstances\//i, "/backupInstances/"), keptUntil };
}

/** An instance of which nothing can be read needs what any instance of the vault needs, and what it names. */
function unreadHolders(resource: PrerequisiteInputs, unread: UnreadInstance[]): Holder[] {
  const isNeededForAny = kinds[resource.sort].isNeededFor(resource, nothingRead);
  return unread
    .filter(({ mentions }) => isNeededForAny || mentions(scopeOf(resource.resourceId)))
    .map(({ id }) => holder(id));
}

const nothingRead = {
  dataSourceInfo: { resourceID: "" },
  policyInfo: { policyId: "" },
} as WireBackupInstanceProperties;

/** Who holds a resource, and until when, for people. */
export function describeHolders(holders: Holder[]): string {
  return holders
    .map(({ instanceId, keptUntil }) =>
      keptUntil === undefined
        ? `backup instance ${instanceId}`
        : `soft-deleted backup instance ${instanceId}, which goes by itself on ${keptUntil}`,
    )
    .join("; ");
}

/** When the last holder goes by itself; `undefined` when one of them does not. */
export function freeFrom(holders: Holder[]): string | undefined {
  const moments = holders.map(({ keptUntil }) => keptUntil);
  return moments.every((moment) => moment !== undefined) ? moments.toSorted().at(-1) : undefined;
}
