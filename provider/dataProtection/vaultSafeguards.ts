import { asRecord, text } from "../azure/json";
import type { ResourceGuard } from "./resourceGuard";
import { readResourceGuard } from "./resourceGuard";

/** What keeps the backups in a vault from being lost. */
export interface VaultSafeguards {
  /** `Disabled`, `Unlocked` (backups cannot be deleted until somebody disables it) or `Locked` (nobody can disable it). */
  immutability: string;
  /** For how many days deleted backups can be had back; `undefined` when they cannot. */
  recoverableForDays: number | undefined;
  guard: ResourceGuard | undefined;
}

/** Whether a vault is bound to a Resource Guard. */
export function isGuarded(vault: unknown): boolean {
  return asRecord(asRecord(vault).properties).isVaultProtectedByResourceGuard === true;
}

/**
 * Reads the safeguards of a vault.
 *
 * @param proxy - What binds the vault to a Resource Guard, if anything does.
 */
export function readVaultSafeguards(vault: unknown, proxy: unknown): VaultSafeguards {
  const settings = asRecord(asRecord(asRecord(vault).properties).securitySettings);
  const { state, retentionDurationInDays } = asRecord(settings.softDeleteSettings);
  const isRecoverable = state !== undefined && state !== "Off" && typeof retentionDurationInDays === "number";
  return {
    immutability: text(asRecord(settings.immutabilitySettings).state) ?? "Disabled",
    recoverableForDays: isRecoverable ? retentionDurationInDays : undefined,
    guard: readResourceGuard(proxy),
  };
}
