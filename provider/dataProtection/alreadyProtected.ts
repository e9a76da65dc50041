import type { Deadline } from "../azure/http/deadline";
import type { ArmError, OperationFailedError } from "../azure/http/errors";
import type { Datasource } from "./datasource";
import { kindOf } from "./datasourceKinds";
import type { DataProtectionService } from "./service";

/** A refusal because another instance protects the datasource, and which one that is. */
export class AlreadyProtectedError extends Error {
  override readonly name = "AlreadyProtectedError";

  /** @param protectorId - ARM id of the other instance; `undefined` when it is not told, or may not be read. */
  constructor(
    readonly refusal: ArmError | OperationFailedError,
    readonly protectorId: string | undefined,
  ) {
    super(refusal.message, { cause: refusal });
  }
}

/**
 * Looks for the instance that protects a datasource which the service refuses for that reason: the refusal names only the
 * vault. A look that fails must not take the refusal's place.
 */
export async function findProtector(
  service: DataProtectionService,
  refusal: ArmError | OperationFailedError,
  datasource: Datasource,
  deadline: Deadline,
): Promise<AlreadyProtectedError> {
  const datasourceId = kindOf(datasource).resourceId(datasource);
  const protecting = await service.listProtecting(datasourceId, deadline).catch(() => undefined);
  const protector = [...(protecting?.instances ?? []), ...(protecting?.unread ?? [])].find(({ id }) => id);
  return new AlreadyProtectedError(refusal, protector?.id);
}
