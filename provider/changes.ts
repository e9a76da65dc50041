import { TracedError } from "./azure/tracing";
import {
  changedProperties,
  containersOf,
  datasourceOf,
  differingForGood,
  isAsDesired,
  protectsDatasource,
} from "./dataProtection/backupInstance";
import { kindOf } from "./dataProtection/datasourceKinds";
import type { Seen } from "./dataProtection/seen";
import type { WireBackupInstance, WireBackupInstanceProperties } from "./dataProtection/wire";
import type { CheckedInputs } from "./inputs";

/**
 * What an existing instance is to become; `undefined` when it is already as it is declared.
 *
 * @throws An error that says what to do, when it cannot become that in place.
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

/** Refuses an instance of the same name that protects something else, or otherwise than it can be changed to. */
export function refuseOtherInstance(
  existing: Seen<WireBackupInstance>,
  { datasource, backupInstanceId }: CheckedInputs,
): void {
  if (!protectsDatasource(existing, datasource)) {
    throw new TracedError(
      `backup instance ${backupInstanceId} exists and protects ${existing.properties.dataSourceInfo.resourceID}, not ` +
        `${kindOf(datasource).resourceId(datasource)}; give another name, or delete that instance`,
      existing.correlationId,
    );
  }
  const difference = differingForGood(existing, datasource);
  if (difference !== undefined) {
    const { property, actual, declared } = difference;
    throw new TracedError(
      `backup instance ${backupInstanceId} exists with ${property} ${actual}, which Azure Backup cannot change in place to ` +
        `${declared}; declare ${actual}, or delete that instance with its recovery points`,
      existing.correlationId,
    );
  }
}

/** The service cannot turn vaulted backup into operational backup in place (Terraform's provider replaces for it). */
function refuseRemovalOfContainers(
  existing: Seen<WireBackupInstance>,
  { datasource, backupInstanceId }: CheckedInputs,
): void {
  const actual = datasourceOf(existing);
  if (actual && containersOf(actual) !== undefined && containersOf(datasource) === undefined) {
    throw new TracedError(
      `updating backup instance ${backupInstanceId}: datasource.containers was removed, and Azure Backup cannot take the ` +
        "containers of a vaulted backup away; name at least one, or replace the resource, which deletes its recovery points",
      existing.correlationId,
    );
  }
}
