import type { Deadline } from "../azure/http/deadline";
import { isSameResourceId } from "../azure/resourceId";
import {
  changedProperties,
  datasourceOf,
  isAsDesired,
  lastingDifference,
  protectsDatasource,
} from "../dataProtection/backupInstance";
import { selectionOf } from "../dataProtection/containers";
import type { Datasource } from "../dataProtection/datasource";
import { kindOf } from "../dataProtection/datasourceKinds";
import { meaningOf, protectionStateOf } from "../dataProtection/protectionState";
import type { Seen } from "../dataProtection/seen";
import type { WireBackupInstance, WireBackupInstanceProperties } from "../dataProtection/wire";
import type { CheckedInputs } from "./inputs";
import type { LiveInstances } from "../host/liveInstances";
import { ownerOf } from "../lifecycle/claim";
import { DeclarationRefusedError } from "../lifecycle/refusal";

/**
 * What an existing instance is to become; `undefined` when it is already as it is declared.
 *
 * @throws {@link DeclarationRefusedError} when it cannot become that in place.
 */
export function changesTo(
  existing: Seen<WireBackupInstance>,
  declared: CheckedInputs,
): WireBackupInstanceProperties | undefined {
  if (isAsDesired(existing, declared)) {
    return undefined;
  }
  refuseRemovalOfContainers(existing, declared);
  return changedProperties(existing.properties, declared);
}

/**
 * Refuses an instance of the same name that protects something else, or otherwise than it can be changed to.
 *
 * @throws {@link DeclarationRefusedError}
 */
export function refuseOtherInstance(
  existing: Seen<WireBackupInstance>,
  { datasource, backupInstanceId, claimedBy }: CheckedInputs,
): void {
  if (!protectsDatasource(existing, datasource)) {
    throw new DeclarationRefusedError(
      "name",
      `backup instance ${backupInstanceId} exists and protects ${existing.properties.dataSourceInfo.resourceID}, not ` +
        `${kindOf(datasource).resourceId(datasource)}; give another name, or delete that instance`,
      existing.correlationId,
    );
  }
  const difference = lastingDifference(datasourceOf(existing), datasource);
  if (difference !== undefined) {
    const { property, actual, declared } = difference;
    const isOwn = claimedBy !== undefined && ownerOf(existing) === claimedBy;
    const remedy =
      isOwn && property === "datasource.snapshotResourceGroupId"
        ? renamedGroup(actual)
        : `declare ${actual}, or delete that instance with its recovery points`;
    throw new DeclarationRefusedError(
      property,
      `backup instance ${backupInstanceId} exists with ${property} ${actual}, which Azure Backup cannot change in place to ` +
        `${declared}; ${remedy}`,
      existing.correlationId,
    );
  }
}

/** This stack has made the instance, so that it is declared with another group, or the group's component is called otherwise. */
function renamedGroup(groupId: string): string {
  return (
    "this stack has made it: if the group's component has another name or parent now, declare aliases: [{ name: \"<its name " +
    `before>" }] in its options, and the group stays the same; else declare snapshotResourceGroup: "${groupId}"`
  );
}

/**
 * Refuses a datasource that another instance of the vault protects.
 *
 * @throws {@link DeclarationRefusedError}
 */
export async function refuseTwin(
  live: LiveInstances,
  { vaultId, datasource, backupInstanceId }: CheckedInputs,
  deadline: Deadline,
): Promise<void> {
  const isTwin = (instance: WireBackupInstance): boolean =>
    !isSameResourceId(instance.id, backupInstanceId) &&
    protectsDatasource(instance, datasource) &&
    meaningOf(protectionStateOf(instance)) !== "deleted";
  const twin = await live.findAny(vaultId, isTwin, deadline);
  if (twin !== undefined) {
    throw new DeclarationRefusedError(
      "name",
      `creating backup instance ${backupInstanceId}: ${twin.id} protects ${kindOf(datasource).resourceId(datasource)}, and a ` +
        `datasource can be protected once only; declare name: "${twin.name}" to take it over, or delete that instance`,
      twin.correlationId,
    );
  }
}

function refuseRemovalOfContainers(
  existing: Seen<WireBackupInstance>,
  { datasource, backupInstanceId }: CheckedInputs,
): void {
  const property = "datasource.containers";
  const actual = datasourceOf(existing);
  const reason = actual && removalOfContainers(actual, datasource);
  if (reason !== undefined) {
    throw new DeclarationRefusedError(
      property,
      `updating backup instance ${backupInstanceId}: ${property}: ${reason}`,
      existing.correlationId,
    );
  }
}

/**
 * Why an instance cannot lose its containers: the service cannot turn vaulted backup into operational backup in place
 * (Terraform's provider replaces for it). `undefined` where it would not lose them.
 */
export function removalOfContainers(actual: Datasource, declared: Datasource): string | undefined {
  return selectionOf(actual) === undefined || selectionOf(declared) !== undefined
    ? undefined
    : "there are none any more, and Azure Backup cannot take the containers of a vaulted backup away; name at least one, or " +
        "take the resource out of the program for one update to begin anew, which deletes its recovery points";
}
