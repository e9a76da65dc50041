import { listResources } from "../azure/http/resourceList";
import { withCorrelationId } from "../azure/http/tracing";
import { canonicalResourceId, isSameResourceId, parseResourceId } from "../azure/resourceId";
import type { InputProblem } from "../dataProtection/inputProblem";
import type { Session } from "../host/session";
import { lookDeadline } from "../host/session";
import { ownerOf, tagOfClaim } from "../lifecycle/claim";
import type { PrerequisiteInputs } from "./inputs";
import { snapshotGroupsOf } from "./kinds";
import { lookAt } from "./live";
import { placeOf } from "./names";
import type { LiveResource } from "./wireResource";

/**
 * The resource group in which this stack keeps the snapshots of a datasource already: a component that is called otherwise
 * without an alias is a new one to Pulumi, and its backups are where they were.
 *
 * @param declared - A group that is new, under its default name.
 * @param datasourceIds - What the group is for.
 */
export async function findFormerGroup(
  session: Session,
  declared: PrerequisiteInputs,
  datasourceIds: readonly string[],
): Promise<LiveResource | undefined> {
  const { resourceId, neededBy, claimedBy } = declared;
  const deadline = lookDeadline(session);
  const ids = new Set(datasourceIds.map(canonicalResourceId));
  const former =
    neededBy &&
    (await session.live.findAny(
      neededBy.vaultId,
      (instance) =>
        ownerOf(instance) === claimedBy &&
        ids.has(canonicalResourceId(instance.properties.dataSourceInfo.resourceID)),
      deadline,
    ));
  const [groupId] = former ? snapshotGroupsOf(former.properties) : [];
  if (groupId === undefined || !isSameResourceId(placeOf(groupId), placeOf(resourceId))) {
    return undefined;
  }
  const group = await lookAt(session, { ...declared, resourceId: groupId }, deadline);
  return group && ownerOf(group) === claimedBy ? { ...group, id: groupId } : undefined;
}

/**
 * Why a vault is not made that is new under its default name: another vault of this stack has backups in it, and nothing
 * declares or uses that one any more. Without an alias a renamed component is a new one to Pulumi, and its backups would be
 * deleted and begun anew.
 *
 * @param names - What the vaults of the program are called, as far as it tells.
 * @param isUsed - Whether the program is known to declare or use a vault.
 */
export async function formerVaultProblem(
  session: Session,
  { resourceId, claimedBy }: PrerequisiteInputs,
  names: readonly string[],
  isUsed: (vaultId: string) => boolean,
): Promise<InputProblem | undefined> {
  const { subscriptionId } = parseResourceId(resourceId) ?? {};
  if (subscriptionId === undefined || claimedBy === undefined) {
    return undefined;
  }
  const ownName = componentNameIn(resourceId);
  const deadline = lookDeadline(session);
  const scope = { subscriptionId, tag: tagOfClaim(claimedBy) };
  for (const { id } of await listResources(session.service.client, scope, deadline)) {
    const name = componentNameIn(id);
    const isDeclared = name !== undefined && name !== ownName && names.includes(name);
    const isForgotten = isVault(id) && !isSameResourceId(id, resourceId) && !isUsed(id) && !isDeclared;
    const held = isForgotten ? await session.live.findAny(id, () => true, deadline) : undefined;
    if (held !== undefined) {
      const alias =
        name === ownName ? "parent: <its parent before>" : `name: "${name ?? "<its name before>"}"`;
      return { property: "vaultName", reason: withCorrelationId(reasonFor(id, alias), held.correlationId) };
    }
  }
  return undefined;
}

function isVault(resourceId: string): boolean {
  return parseResourceId(resourceId)?.type?.toLowerCase() === "microsoft.dataprotection/backupvaults";
}

/** What the component is called that a default name was made of, unless that was too long. */
function componentNameIn(resourceId: string): string | undefined {
  return /\/([^/]+)-[0-9a-f]{8}$/.exec(resourceId)?.[1];
}

function reasonFor(vaultId: string, alias: string): string {
  return (
    `vault ${vaultId} belongs to this stack, has backups in it, and nothing declares it any more. If its component has ` +
    `another name or parent now, declare aliases: [{ ${alias} }] in the options of this one, and it stays the same vault with ` +
    "its backups; if this is another vault, declare a vaultName for it"
  );
}
