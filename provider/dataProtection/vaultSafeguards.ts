import { asRecord, text } from "../azure/json";
import { isSameResourceId } from "../azure/resourceId";
import type { CriticalOperation, ResourceGuard } from "./resourceGuard";
import { readResourceGuard } from "./resourceGuard";

/** What keeps the backups in a vault from being lost. */
export interface VaultSafeguards extends SoftDeletion {
  /** `Disabled`, `Unlocked` (backups cannot be deleted until somebody disables it) or `Locked` (nobody can disable it). */
  immutability: string;
  /** What the data is encrypted with beside keys of the platform: the key, and who reads it. */
  encryption: { keyUri: string; identityId: string | undefined } | undefined;
  guard: ResourceGuard | undefined;
}

/** Whether a vault is bound to a Resource Guard. */
export function isGuarded(vault: unknown): boolean {
  return asRecord(asRecord(vault).properties).isVaultProtectedByResourceGuard === true;
}

/** The least that the service keeps what is deleted, in days: what it is where the vault names nothing else. */
const leastSoftDeletionInDays = 14;

/** What a vault does with what is deleted. */
export interface SoftDeletion {
  /** For how many days it can be had back; `undefined` when it cannot. */
  recoverableForDays: number | undefined;
}

/**
 * Reads what a vault does with what is deleted.
 *
 * @param isForced - Whether the service soft-deletes even where that is off.
 */
export function readSoftDeletion(vault: unknown, isForced = false): SoftDeletion {
  const { state, retentionDurationInDays } = asRecord(securitySettings(vault).softDeleteSettings);
  const isOn = isForced || (state !== undefined && state !== "Off");
  const days =
    typeof retentionDurationInDays === "number" ? retentionDurationInDays : leastSoftDeletionInDays;
  return { recoverableForDays: isOn ? days : undefined };
}

/**
 * Reads the safeguards of a vault.
 *
 * @param proxy - What binds the vault to a Resource Guard, if anything does.
 * @param isSoftDeletionForced - See {@link readSoftDeletion}.
 */
export function readVaultSafeguards(
  vault: unknown,
  proxy: unknown,
  isSoftDeletionForced = false,
): VaultSafeguards {
  return {
    immutability: text(asRecord(securitySettings(vault).immutabilitySettings).state) ?? "Disabled",
    ...readSoftDeletion(vault, isSoftDeletionForced),
    encryption: readEncryption(securitySettings(vault).encryptionSettings),
    guard: readResourceGuard(proxy),
  };
}

function readEncryption(settings: unknown): VaultSafeguards["encryption"] {
  const { keyVaultProperties, kekIdentity } = asRecord(settings);
  const keyUri = text(asRecord(keyVaultProperties).keyUri);
  return keyUri === undefined ? undefined : { keyUri, identityId: text(asRecord(kekIdentity).identityId) };
}

/** From the weakest to the strongest. */
const immutabilities = ["Disabled", "Unlocked", "Locked"];

/** What a change of a vault does to its safeguards that a guard may watch over. */
export function weakeningOf(before: VaultSafeguards, after: VaultSafeguards): CriticalOperation[] {
  const keepsShorter = (after.recoverableForDays ?? 0) < (before.recoverableForDays ?? 0);
  const [immutable, lessImmutable] = [before, after].map(({ immutability }) =>
    immutabilities.indexOf(immutability),
  );
  const isEncryptedOtherwise =
    after.encryption?.keyUri !== before.encryption?.keyUri ||
    !isSameResourceId(after.encryption?.identityId ?? "", before.encryption?.identityId ?? "");
  return [
    ...(keepsShorter ? (["write#reduceSoftDeleteSecurity"] as const) : []),
    ...(Number(lessImmutable) < Number(immutable) ? (["write#reduceImmutabilityState"] as const) : []),
    ...(isEncryptedOtherwise ? (["write#modifyEncryptionSettings"] as const) : []),
  ];
}

function securitySettings(vault: unknown): Record<string, unknown> {
  return asRecord(asRecord(asRecord(vault).properties).securitySettings);
}
