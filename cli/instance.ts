import type { Deadline } from "../provider/azure/http/deadline";
import { vaultIdOf } from "../provider/dataProtection/backupInstance";
import type { WireBackupInstance } from "../provider/dataProtection/wire";
import { describeDeletion } from "../provider/instance/recovery";
import type { Azure } from "./azure";

/**
 * The instance that a command is about.
 *
 * @throws An error that says what there is in its place.
 */
export async function requireInstance(
  { service }: Azure,
  backupInstanceId: string,
  deadline: Deadline,
): Promise<WireBackupInstance> {
  const instance = await service.findInstance(backupInstanceId, deadline);
  if (instance !== undefined) {
    return instance;
  }
  const deleted = await service.findDeleted(backupInstanceId, deadline);
  if (deleted !== undefined) {
    throw new Error(
      `backup instance ${backupInstanceId} is soft-deleted (${describeDeletion(deleted)}): bring it back first, with ` +
        `\`az rest --method POST --url "${backupInstanceId.replace("/backupInstances/", "/deletedBackupInstances/")}/undelete?api-version=2025-07-01"\``,
    );
  }
  throw new Error(
    `backup instance ${backupInstanceId} is not there; \`npx pulumi-azure-dataprotection status --vault-id ` +
      `${vaultIdOf(backupInstanceId)}\` lists those of the vault`,
  );
}
