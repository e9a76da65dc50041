import type { Deadline } from "../azure/http/deadline";
import { AlreadyProtectedError, findProtector } from "../dataProtection/alreadyProtected";
import { datasourceOf, lastingDifference, protectsDatasource } from "../dataProtection/backupInstance";
import { kindOf } from "../dataProtection/datasourceKinds";
import type { UnreadInstance } from "../dataProtection/instanceList";
import type { Refusal } from "../dataProtection/refusals";
import { isTaken, namesOtherVault } from "../dataProtection/refusals";
import type { Seen } from "../dataProtection/seen";
import type { DataProtectionService } from "../dataProtection/service";
import type { WireDeletedBackupInstance } from "../dataProtection/wire";
import type { CheckedInputs } from "./inputs";
import { DeclarationRefusedError } from "../lifecycle/refusal";

/**
 * Looks for what stands in the way of a new instance that the service refuses, whatever it gives for the reason: what it calls a
 * soft-deleted instance is on no record. Asked only after a refusal, since a create that nothing stands in the way of needs no
 * such look.
 *
 * @returns When the instance was deleted that can be had back instead, for people.
 * @throws {@link AlreadyProtectedError} when another instance protects the datasource.
 * @throws {@link DeclarationRefusedError} when there is a deleted one, but it may not, or cannot, be recovered.
 * @throws the refusal when nothing stands in the way.
 */
export async function findRecoverable(
  service: DataProtectionService,
  refusal: Refusal,
  declared: CheckedInputs,
  deadline: Deadline,
): Promise<string> {
  const { datasource, backupInstanceId } = declared;
  const protectorId = await findProtector(service, datasource, backupInstanceId, deadline);
  if (protectorId !== undefined) {
    throw new AlreadyProtectedError(refusal, protectorId);
  }
  // What another vault protects, if only by an instance that may not be read, would come back and stay stopped.
  const recoverable = namesOtherVault(refusal, declared.vaultId)
    ? undefined
    : await findDeleted(service, declared, deadline).catch((error: unknown) => {
        throw error instanceof DeclarationRefusedError || isTaken(refusal) ? error : refusal;
      });
  if (recoverable === undefined) {
    throw refusal;
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
