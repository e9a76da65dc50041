import type { Deadline } from "./azure/deadline";
import { isAmbiguous } from "./azure/errors";
import {
  changedProperties,
  containersOf,
  datasourceOf,
  isAsDesired,
  newProperties,
  protectsDatasource,
} from "./dataProtection/backupInstance";
import { kindOf } from "./dataProtection/datasourceKinds";
import { explainFailure } from "./dataProtection/explain";
import { ProtectionFailedError, waitUntilProtected } from "./dataProtection/protection";
import { protectionStateOf } from "./dataProtection/protectionState";
import type { DataProtectionService } from "./dataProtection/service";
import { validateUntilPermitted } from "./dataProtection/validation";
import type { WireBackupInstance } from "./dataProtection/wire";
import type { CheckedInputs, InstanceOutputs } from "./inputs";
import { PartialFailure } from "./partialFailure";
import type { Session } from "./session";

/** The interval of the first looks when no operation ran that could have named one, in milliseconds. */
const defaultPaceInMs = 10_000;

/**
 * Makes the service hold and protect what is declared, whatever is there already: nothing, an instance that an
 * interrupted run left, or one that is to be changed. What create and update have in common is all of it.
 *
 * @param doing - `creating` or `updating`, for messages.
 * @throws {@link PartialFailure} when the service holds the instance, or may hold it; a plain error otherwise.
 */
export async function reconcile(
  session: Session,
  declared: CheckedInputs,
  deadline: Deadline,
  doing: "creating" | "updating",
): Promise<InstanceOutputs> {
  const id = declared.backupInstanceId;
  const what = `${doing} backup instance ${id}`;
  const attempt: Attempt = { seen: undefined, isSent: false, isHeld: false };
  try {
    const paceInMs = await bringAbout(session, declared, deadline, attempt, what);
    attempt.seen = await waitUntilProtected(session.service, id, paceInMs, deadline);
    session.keptInstances.keep(id);
    return outputsOf(declared, attempt.seen);
  } catch (error) {
    const message = explainFailure(what, error, declared);
    if (attempt.isHeld || (attempt.isSent && isAmbiguous(error))) {
      const last = error instanceof ProtectionFailedError ? error.instance : attempt.seen;
      throw new PartialFailure(message, id, outputsOf(declared, last), { cause: error });
    }
    throw new Error(message, { cause: error });
  }
}

/** How far it has come, which decides whether a failure leaves something behind that state must know of. */
interface Attempt {
  /** The instance as it was seen last. */
  seen: WireBackupInstance | undefined;
  /** Whether a PUT was sent: the service may have acted on it even if no answer came. */
  isSent: boolean;
  /** Whether the service holds the instance as it is declared. */
  isHeld: boolean;
}

/** Has the service hold the declared instance, and returns the pace at which to look at its protection, in milliseconds. */
async function bringAbout(
  { service }: Session,
  declared: CheckedInputs,
  deadline: Deadline,
  attempt: Attempt,
  what: string,
): Promise<number> {
  const existing = await service.findInstance(declared.backupInstanceId, deadline);
  attempt.seen = existing;
  const instance =
    existing === undefined ? await validated(service, declared, deadline) : changesTo(existing, declared);
  if (instance === undefined) {
    attempt.isHeld = true;
    return defaultPaceInMs;
  }
  attempt.isSent = true;
  const operation = await service.put(declared.backupInstanceId, instance, deadline);
  attempt.isHeld = true;
  attempt.seen = (operation.accepted.body as WireBackupInstance | undefined) ?? existing;
  await operation.wait(deadline, what);
  return operation.pollIntervalInMs;
}

type PutBody = Pick<WireBackupInstance, "properties" | "tags">;

/** A new instance, once the service would protect its datasource. */
async function validated(
  service: DataProtectionService,
  declared: CheckedInputs,
  deadline: Deadline,
): Promise<PutBody> {
  const location = declared.datasource.location ?? (await service.vaultLocation(declared.vaultId, deadline));
  const properties = newProperties(declared, location);
  await validateUntilPermitted(service, declared.vaultId, properties, deadline);
  return { properties };
}

/** The existing instance with what is declared; `undefined` when there is nothing to change. */
function changesTo(existing: WireBackupInstance, declared: CheckedInputs): PutBody | undefined {
  refuseOtherDatasource(existing, declared);
  if (isAsDesired(existing, declared)) {
    return undefined;
  }
  refuseRemovalOfContainers(existing, declared);
  return { properties: changedProperties(existing.properties, declared), tags: existing.tags };
}

function refuseOtherDatasource(
  existing: WireBackupInstance,
  { datasource, backupInstanceId }: CheckedInputs,
): void {
  if (!protectsDatasource(existing, datasource)) {
    throw new Error(
      `backup instance ${backupInstanceId} exists and protects ${existing.properties.dataSourceInfo.resourceID}, not ` +
        `${kindOf(datasource).resourceId(datasource)}; give another name, or delete that instance`,
    );
  }
}

/** The service cannot turn vaulted backup into operational backup in place (Terraform's provider replaces for it). */
function refuseRemovalOfContainers(
  existing: WireBackupInstance,
  { datasource, backupInstanceId }: CheckedInputs,
): void {
  const actual = datasourceOf(existing);
  if (actual && containersOf(actual) !== undefined && containersOf(datasource) === undefined) {
    throw new Error(
      `updating backup instance ${backupInstanceId}: datasource.containers was removed, and Azure Backup cannot take the ` +
        "containers of a vaulted backup away; name at least one, or replace the resource, which deletes its recovery points",
    );
  }
}

function outputsOf(declared: CheckedInputs, instance: WireBackupInstance | undefined): InstanceOutputs {
  return {
    ...declared,
    protectionState: instance === undefined ? "Unknown" : protectionStateOf(instance),
    provisioningState: instance?.properties.provisioningState ?? "Unknown",
  };
}
