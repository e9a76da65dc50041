import { property, textProperty } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import type { Cloud } from "../cloud";
import type { BackupInstance } from "../records/backupInstance";
import type { BackupPolicy, BackupVault } from "../records/vault";
import { assumedCodes } from "./assumedCodes";
import { daysOf } from "./isoDuration";
import { usesVaultStore } from "./policies";
import { refusal, userError } from "./userErrors";

/** Locked or not, an immutable vault keeps what it holds; unlocked ones can be told to stop being so. */
function isImmutable(vault: BackupVault | undefined): boolean {
  return ["Unlocked", "Locked"].includes(vault?.securitySettings.immutabilitySettings?.state ?? "");
}

/** Throws when the vault keeps the instance's backups; those beside the datasource are none of its business (facts 4.2). */
export function checkMayLoseBackups(cloud: Cloud, vault: BackupVault, instance: BackupInstance): void {
  const isVaulted = usesVaultStore(cloud.policies.get(instance.spec.policyInfo.policyId));
  if (isImmutable(vault) && isVaulted && instance.wasProtected) {
    throw refusedBy(vault, `The backup data of the backup instance ${instance.name} cannot be deleted`);
  }
}

/** Throws when `after` keeps backups in the vault for a shorter time than `before`. */
export function checkRetentionNotReduced(
  vault: BackupVault,
  before: BackupPolicy["properties"] | undefined,
  after: BackupPolicy["properties"] | undefined,
): void {
  if (!isImmutable(vault) || !before || !after) {
    return;
  }
  const retentions = vaultRetentionsInDays(after);
  for (const [rule, days] of vaultRetentionsInDays(before)) {
    if ((retentions.get(rule) ?? 0) < days) {
      throw refusedBy(vault, `The retention of the rule ${rule} cannot be reduced`);
    }
  }
}

function refusedBy(vault: BackupVault, what: string): Error {
  return refusal(
    userError(
      assumedCodes.immutableVault,
      `${what}, because the Backup vault ${vault.id} is immutable.`,
      "Stop protection and retain the data, or disable immutability if it is not locked.",
    ),
  );
}

function vaultRetentionsInDays({ policyRules }: BackupPolicy["properties"]): Map<string, number> {
  return new Map(policyRules.flatMap(vaultRetentionOf));
}

function vaultRetentionOf(rule: JsonObject): [string, number][] {
  const lifecycles = property(rule, "lifecycles");
  const days = (Array.isArray(lifecycles) ? (lifecycles as unknown[]) : [])
    .filter(
      (lifecycle) => textProperty(property(lifecycle, "sourceDataStore"), "dataStoreType") === "VaultStore",
    )
    .map((lifecycle) => daysOf(textProperty(property(lifecycle, "deleteAfter"), "duration") ?? ""));
  return days.length > 0 ? [[textProperty(rule, "name") ?? "", Math.min(...days)]] : [];
}
