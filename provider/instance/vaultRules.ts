import { isSameResourceId } from "../azure/resourceId";
import type { Difference } from "../dataProtection/backupInstance";
import { lastingDifference } from "../dataProtection/backupInstance";
import type { CheckedInputs } from "./inputs";
import { isKept } from "./inputs";
import { isUnknown } from "../lifecycle/unknownValues";
import { DeclarationRefusedError } from "../lifecycle/refusal";
import type { Session } from "../host/session";
import { lookDeadline } from "../host/session";
import { isSameDatasource } from "./transitions";

/** Whether a vault must be asked for its settings, because they may contradict what is declared. */
export function dependsOnVault(olds: Partial<CheckedInputs>, news: CheckedInputs): boolean {
  return (
    !isUnknown([news.vaultId, news.datasource]) &&
    (news.recoverSoftDeleted === true || isOtherInstanceOfSame(olds, news))
  );
}

/** In what a declaration and the settings of its vault contradict each other. */
export interface VaultContradictions {
  /** Nothing in this update can resolve them. */
  lasting: DeclarationRefusedError[];
  /** A change of the vault in the same update may resolve them. */
  curable: DeclarationRefusedError[];
}

/** Compares what is declared with the settings of its vault, which is asked once for all instances. */
export async function contradictionsWithVault(
  session: Session,
  olds: Partial<CheckedInputs>,
  news: CheckedInputs,
): Promise<VaultContradictions> {
  const softDeletion = await session.service.findSoftDeletion(news.vaultId, lookDeadline(session));
  if (softDeletion === undefined) {
    return { lasting: [], curable: [] };
  }
  const { recoverableForDays: days, correlationId } = softDeletion;
  const difference =
    days !== undefined && isOtherInstanceOfSame(olds, news)
      ? lastingDifference(olds.datasource, news.datasource)
      : undefined;
  const isNeverRecovered = days === undefined && news.recoverSoftDeleted === true;
  return {
    lasting:
      difference === undefined ? [] : [heldTooLong(news.vaultId, difference, Number(days), correlationId)],
    curable: isNeverRecovered ? [neverRecovered(news.vaultId, correlationId)] : [],
  };
}

function heldTooLong(
  vaultId: string,
  { property, actual }: Difference,
  days: number,
  correlationId: string | undefined,
): DeclarationRefusedError {
  return new DeclarationRefusedError(
    property,
    `Azure Backup cannot change this in place, and vault ${vaultId} would hold the old instance, soft-deleted, for ${days} ` +
      `days: as long it accepts no new one. Keep ${actual}, or take the resource out of the program until then`,
    correlationId,
  );
}

function neverRecovered(vaultId: string, correlationId: string | undefined): DeclarationRefusedError {
  return new DeclarationRefusedError(
    "recoverSoftDeleted",
    `vault ${vaultId} has soft delete off, so deleted instances are gone for good. Turn soft delete on for the vault, or ` +
      "leave this out",
    correlationId,
  );
}

/** Whether the datasource stays in its vault, and still needs another instance, for which the old one is deleted first. */
function isOtherInstanceOfSame(olds: Partial<CheckedInputs>, news: CheckedInputs): olds is CheckedInputs {
  return (
    isKept(olds) &&
    (olds.onDelete ?? "delete") === "delete" &&
    isSameResourceId(olds.vaultId, news.vaultId) &&
    isSameDatasource(olds, news) &&
    lastingDifference(olds.datasource, news.datasource) !== undefined
  );
}
