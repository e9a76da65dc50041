import type { Deadline } from "../azure/http/deadline";
import { isSameResourceId } from "../azure/resourceId";
import type { Datasource } from "./datasource";
import { kindOf } from "./datasourceKinds";
import { meaningOf, protectionStateOf } from "./protectionState";
import type { Refusal } from "./refusals";
import type { DataProtectionService } from "./service";

/** A refusal of a datasource that another instance protects. */
export class AlreadyProtectedError extends Error {
  override readonly name = "AlreadyProtectedError";

  /** @param protectorId - ARM id of the instance: the one that is to be made itself, if reads of it have lagged behind. */
  constructor(
    readonly refusal: Refusal,
    readonly protectorId: string,
  ) {
    super(refusal.message, { cause: refusal });
  }
}

/**
 * The id of the instance that protects a datasource, in whichever vault, and of another one rather than of this; `undefined` when there is none, or none that may be
 * read: a look that fails must not take the place of the refusal that it is to explain.
 */
export async function findProtector(
  service: DataProtectionService,
  datasource: Datasource,
  backupInstanceId: string,
  deadline: Deadline,
): Promise<string | undefined> {
  const datasourceId = kindOf(datasource).resourceId(datasource);
  const protecting = await service.listProtecting(datasourceId, deadline).catch(() => undefined);
  const shown = [
    ...(protecting?.instances ?? []).filter((one) => meaningOf(protectionStateOf(one)) !== "deleted"),
    ...(protecting?.unread ?? []),
  ].flatMap(({ id }) => id ?? []);
  return shown.find((id) => !isSameResourceId(id, backupInstanceId)) ?? shown[0];
}
