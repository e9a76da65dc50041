import type { Deadline } from "../azure/http/deadline";
import type { ArmError, OperationFailedError } from "../azure/http/errors";
import { findProtector } from "../dataProtection/alreadyProtected";
import { datasourceOf, lastingDifference, protectsDatasource } from "../dataProtection/backupInstance";
import { kindOf } from "../dataProtection/datasourceKinds";
import { isTakenInVault } from "../explain/explainFailure";
import type { UnreadInstance } from "../dataProtection/instanceList";
import type { Seen } from "../dataProtection/seen";
import type { DataProtectionService } from "../dataProtection/service";
import type { WireDeletedBackupInstance } from "../dataProtection/wire";
import type { CheckedInputs } from "./inputs";
import { DeclarationRefusedError } from "../lifecycle/refusal";

/**
 * Looks for what stands in the way of a datasource that the service refuses as taken. Asked only after such a refusal, since
 * a create that nothing stands in the way of needs no such look.
 *
 * @returns When the instance was deleted that can be had back instead, for people.
 * @throws {@link DeclarationRefusedError} when there is one, but it may not, or cannot, be recovered.
 * @throws {@link AlreadyProtectedError} when something else protects the datasource.
 */
export async function findRecoverable(
  service: DataProtectionService,
  refusal: ArmError | OperationFailedError,
  declared: CheckedInputs,
  deadline: Deadline,
): Promise<string> {
  const recoverable = isTakenInVault(refusal, declared.vaultId)
    ? await findDeleted(service, declared, deadline)
    : undefined;
  if (recoverable === undefined) {
    throw await findProtector(service, refusal, declared.datasource, deadline);
  }
  return recoverable;
}

async function findDeleted(
  service: DataProtectionService,
  { vaultId, datasource, name, recoverSoftDeleted }: CheckedInputs,
  deadline: Deadline,
): Promise<string | undefined> {
  const { instances, unread } = await service.listDeleted(vaultId, deadline);
  const deleted = instances.find((instance) => protectsDatasource(instance, datasource));
  if (deleted === undefined) {
    refuseUnread(unread, vaultId, kindOf(datasource).resourceId(datasource));
    return undefined;
  }
  const what = `vault ${vaultId} holds a soft-deleted backup instance of ${kindOf(datasource).resourceId(datasource)}, ${deleted.name}`;
  if (recoverSoftDeleted === false) {
    throw new DeclarationRefusedError(
      "recoverSoftDeleted",
      `${what} (${describeDeletion(deleted)}), and recoverSoftDeleted is false; set it to true to have the instance back ` +
        "with its recovery points, or wait until it is gone",
      deleted.correlationId,
    );
  }
  if (deleted.name.toLowerCase() !== name.toLowerCase()) {
    throw new DeclarationRefusedError(
      "name",
      `${what}, under another name than ${name}; declare name: "${deleted.name}" to have it back`,
      deleted.correlationId,
    );
  }
  const difference = lastingDifference(datasourceOf(deleted), datasource);
  if (difference !== undefined) {
    const { property, actual, declared } = difference;
    throw new DeclarationRefusedError(
      property,
      `${what}, with ${property} ${actual} instead of ${declared}; declare ${actual} to have it back, or wait until it is ` +
        `gone (${describeDeletion(deleted)})`,
      deleted.correlationId,
    );
  }
  return describeDeletion(deleted);
}

/** A soft-deleted instance that names the datasource is in the way, and what it would come back as is not known. */
function refuseUnread(unread: Seen<UnreadInstance>[], vaultId: string, datasourceId: string): void {
  const inTheWay = unread.find(({ mentions }) => mentions(datasourceId));
  if (inTheWay !== undefined) {
    throw new DeclarationRefusedError(
      "datasource",
      `vault ${vaultId} holds a soft-deleted backup instance that names ${datasourceId}, ` +
        `${inTheWay.id ?? "without an id"}, in a form that this version does not understand (${inTheWay.problem}); recover ` +
        "it at the Azure portal, or wait until it is gone",
      inTheWay.correlationId,
    );
  }
}

/** When an instance was deleted, and until when it can be had back. */
export function describeDeletion({ properties: { deletionInfo } }: WireDeletedBackupInstance): string {
  const deletedAt = deletionInfo?.deletionTime ?? "at a time that the service does not tell";
  const goneAt = deletionInfo?.scheduledPurgeTime;
  return `deleted ${deletedAt}${goneAt === undefined ? "" : `, recoverable until ${goneAt}`}`;
}
