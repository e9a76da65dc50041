import type { Deadline } from "../azure/http/deadline";
import { text } from "../azure/json";
import type { WireDeletedBackupInstance } from "../dataProtection/wire";
import type { Session } from "../host/session";
import type { PrerequisiteInputs } from "./inputs";
import { kinds } from "./kinds";

/** A backup instance for which a resource must stay. */
export interface Holder {
  instanceId: string;
  /** Until when a soft-deleted instance is kept, as the service spells it; `undefined` for one that is not deleted. */
  keptUntil: string | undefined;
}

/**
 * The instances that still need a resource: while they protect, and for what the service gives back, also while they are
 * soft-deleted. Those count that this and other stacks declare, and those that nobody declares any more.
 */
export async function holdersOf(
  { service, live }: Session,
  resource: PrerequisiteInputs,
  deadline: Deadline,
): Promise<Holder[]> {
  const { isNeededFor, isNeededForRecovery } = kinds[resource.sort];
  const vaultId = resource.neededBy?.vaultId;
  if (vaultId === undefined) {
    return [];
  }
  if (!isNeededForRecovery) {
    const one = await live.findAny(vaultId, ({ properties }) => isNeededFor(resource, properties), deadline);
    return one === undefined ? [] : [{ instanceId: one.id, keptUntil: undefined }];
  }
  const [existing, deleted] = await Promise.all([
    service.listInstances(vaultId, deadline),
    service.listDeleted(vaultId, deadline),
  ]);
  const all: WireDeletedBackupInstance[] = [...existing, ...deleted];
  return all
    .filter(({ properties }) => isNeededFor(resource, properties))
    .map(({ id, properties }) => ({
      instanceId: id.replace(/\/deletedBackupInstances\//i, "/backupInstances/"),
      keptUntil: text(properties.deletionInfo?.scheduledPurgeTime),
    }));
}

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
