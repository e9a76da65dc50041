import type { Deadline } from "../../provider/azure/http/deadline";
import { ArmError, NoAnswerError, isNotFound } from "../../provider/azure/http/errors";
import type { UnreadInstance } from "../../provider/dataProtection/instanceList";
import type { DataProtectionService } from "../../provider/dataProtection/service";
import type { WireBackupInstance, WireDeletedBackupInstance } from "../../provider/dataProtection/wire";
import { describeDeletion } from "../../provider/instance/recovery";
import { howToRecover } from "./candidate";

/** What a vault holds. */
export interface VaultContents {
  vaultId: string;
  live: WireBackupInstance[];
  softDeleted: WireDeletedBackupInstance[];
  /** Live and soft-deleted ones that this version does not understand. */
  unread: UnreadInstance[];
}

/** The requests that reading a vault takes. */
export type VaultReader = Pick<DataProtectionService, "listInstances" | "listDeleted" | "vaultLocation">;

/**
 * Reads all instances of a vault.
 *
 * @throws An error that says what to do, when the vault is not there or cannot be read.
 */
export async function readVault(
  service: VaultReader,
  vaultId: string,
  deadline: Deadline,
): Promise<VaultContents> {
  try {
    const live = await service.listInstances(vaultId, deadline);
    if (live.instances.length + live.unread.length === 0) {
      // The list of a vault that is not there is empty, too.
      await service.vaultLocation(vaultId, deadline);
    }
    const softDeleted = await service.listDeleted(vaultId, deadline);
    return {
      vaultId,
      live: live.instances,
      softDeleted: softDeleted.instances,
      unread: [...live.unread, ...softDeleted.unread],
    };
  } catch (error) {
    throw new Error(`reading the backup instances of vault ${vaultId}: ${explain(error)}`, { cause: error });
  }
}

function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ArmError) {
    const { correlationId } = error;
    return `${message}${adviceOn(error)}${correlationId === undefined ? "" : ` (correlation id ${correlationId})`}`;
  }
  return error instanceof NoAnswerError ? `${message}; run the command again` : message;
}

function adviceOn(error: ArmError): string {
  if (isNotFound(error)) {
    return "; check the id: `az dataprotection backup-vault list --query [].id` lists the vaults of a subscription";
  }
  return error.statusCode === 403
    ? '; give the identity that is signed in the role "Backup Reader" on the vault'
    : "";
}

/** The instances that are wanted, as far as they can be read. */
export type ChosenInstances = Pick<VaultContents, "live" | "unread">;

/**
 * The instances of these names; all of the vault when no name is given.
 *
 * @throws An error that says what there is, when there is nothing to choose or a name is not found.
 */
export function chooseInstances(contents: VaultContents, instanceNames: readonly string[]): ChosenInstances {
  const { vaultId, live, unread } = contents;
  if (instanceNames.length > 0) {
    const chosen = instanceNames.map((name) => findNamed(contents, name));
    return {
      live: live.filter((instance) => chosen.includes(instance)),
      unread: unread.filter((instance) => chosen.includes(instance)),
    };
  }
  if (live.length + unread.length === 0) {
    const deleted = contents.softDeleted.map(({ name }) => name).join(", ");
    const softDeleted = deleted === "" ? "" : `, only soft-deleted ones (${deleted}): ${howToRecover}`;
    throw new Error(`vault ${vaultId} has no backup instances to import${softDeleted}`);
  }
  return { live, unread };
}

/** The name of such an instance; words where the service shows none. */
export function nameOfUnread({ id }: UnreadInstance): string {
  return id?.split("/").at(-1) ?? "an instance without an id";
}

/** How many names an error lists at the most. */
const mostNamesShown = 20;

function findNamed(
  { vaultId, live, softDeleted, unread }: VaultContents,
  name: string,
): WireBackupInstance | UnreadInstance {
  const isNamed = (instance: WireBackupInstance): boolean => isSameName(instance.name, name);
  const found = live.find(isNamed) ?? unread.find((instance) => isSameName(nameOfUnread(instance), name));
  if (found !== undefined) {
    return found;
  }
  const deleted = softDeleted.find(isNamed);
  if (deleted !== undefined) {
    throw new Error(
      `backup instance "${name}" of vault ${vaultId} is soft-deleted (${describeDeletion(deleted)}) and cannot be ` +
        `imported; ${howToRecover}`,
    );
  }
  const names = [...live.map((instance) => instance.name), ...unread.map(nameOfUnread)].map(
    (existing) => `"${existing}"`,
  );
  const shown = [...names.slice(0, mostNamesShown), ...(names.length > mostNamesShown ? ["…"] : [])];
  throw new Error(
    `vault ${vaultId} has no backup instance "${name}"; it has ${shown.join(", ") || "none at all"}`,
  );
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
