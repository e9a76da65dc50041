import { isDeepStrictEqual } from "node:util";
import { isAtLeast } from "../arm/apiVersions";
import { isObject, property, textProperty } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import { invalidInput, refusal, userError } from "./userErrors";

/** A vault's soft delete, immutability (facts 4.1, 4.2) and customer-managed key. */
export interface SecuritySettings {
  softDeleteSettings: { state: string; retentionDurationInDays: number };
  immutabilitySettings?: { state: string };
  encryptionSettings?: JsonObject;
}

const defaultRetentionInDays = 14;
const softDeleteStates = ["Off", "On", "AlwaysOn"];
const immutabilityStates = ["Disabled", "Unlocked", "Locked"];

/** What a PUT or PATCH makes of the settings, or the service's refusal. */
export function readSecuritySettings(
  properties: unknown,
  existing: SecuritySettings | undefined,
  apiVersion: string,
): SecuritySettings {
  const asked = property(properties, "securitySettings");
  const immutability = readImmutability(property(asked, "immutabilitySettings"), existing);
  const encryption = readEncryption(property(asked, "encryptionSettings"), existing);
  return {
    softDeleteSettings: readSoftDelete(property(asked, "softDeleteSettings"), existing, apiVersion),
    ...(immutability ? { immutabilitySettings: { state: immutability } } : {}),
    ...(encryption ? { encryptionSettings: encryption } : {}),
  };
}

type GuardedChange =
  "write#reduceSoftDeleteSecurity" | "write#reduceImmutabilityState" | "write#modifyEncryptionSettings";

/** What of a change a Resource Guard may watch over, as it names it. That the first key of a vault is none is assumed. */
export function guardedChangesBetween(before: SecuritySettings, after: SecuritySettings): GuardedChange[] {
  const strength = (settings: SecuritySettings): number =>
    softDeleteStates.indexOf(settings.softDeleteSettings.state);
  const days = ({ softDeleteSettings }: SecuritySettings): number =>
    softDeleteSettings.retentionDurationInDays;
  const immutability = (settings: SecuritySettings): number =>
    immutabilityStates.indexOf(settings.immutabilitySettings?.state ?? "Disabled");
  const { encryptionSettings } = before;
  const isOtherKey =
    encryptionSettings !== undefined && !isDeepStrictEqual(encryptionSettings, after.encryptionSettings);
  const weakensSoftDelete = strength(after) < strength(before) || days(after) < days(before);
  return [
    ...(weakensSoftDelete ? (["write#reduceSoftDeleteSecurity"] as const) : []),
    ...(immutability(after) < immutability(before) ? (["write#reduceImmutabilityState"] as const) : []),
    ...(isOtherKey ? (["write#modifyEncryptionSettings"] as const) : []),
  ];
}

function readSoftDelete(
  asked: unknown,
  existing: SecuritySettings | undefined,
  apiVersion: string,
): SecuritySettings["softDeleteSettings"] {
  const isAlwaysOnVersion = isAtLeast(apiVersion, "2025-09-01");
  const before = existing?.softDeleteSettings;
  const state = spelling(softDeleteStates, textProperty(asked, "state"), "soft delete state");
  if (isAlwaysOnVersion && state && state !== "AlwaysOn") {
    // The sentence is azurerm PR #31877's (facts 4.1); the code is assumed.
    throw invalidInput(
      "This API version requires backup vaults to have the soft delete setting configured to " +
        "Enable Always-On Soft Delete.",
    );
  }
  if (before?.state === "AlwaysOn" && state && state !== "AlwaysOn") {
    const message = "Cannot disable soft delete once set to AlwaysOn";
    throw refusal(
      userError(
        "UserErrorDisableSoftDeleteNotAllowed",
        message,
        "Please contact Microsoft Support if this is not expected.",
      ),
    );
  }
  const after = state ?? before?.state ?? (isAlwaysOnVersion ? "AlwaysOn" : "On");
  const days =
    property(asked, "retentionDurationInDays") ?? before?.retentionDurationInDays ?? defaultRetentionInDays;
  if (after === "Off") {
    return {
      state: after,
      retentionDurationInDays: typeof days === "number" ? days : defaultRetentionInDays,
    };
  }
  if (typeof days !== "number" || days < 14 || days > 180) {
    throw invalidInput("The soft delete retention duration must be from 14 to 180 days.");
  }
  return { state: after, retentionDurationInDays: days };
}

function readImmutability(asked: unknown, existing: SecuritySettings | undefined): string | undefined {
  const before = existing?.immutabilitySettings?.state;
  const state = spelling(immutabilityStates, textProperty(asked, "state"), "immutability state");
  if (before === "Locked" && state && state !== "Locked") {
    const message =
      "The immutable vault property for this vault is locked, hence, this setting cannot be disabled.";
    throw refusal(
      userError(
        "UserErrorUnsupportedVaultImmutabilityStateChange",
        message,
        "The vault has its immutable vault property enabled and locked, and it can no longer be reverted to a " +
          "non-immutable vault. Refer to the documentation to learn more: https://aka.ms/AB-ImmutableVaults-States ",
      ),
    );
  }
  return state ?? before;
}

/** There is no way back to the platform's keys (the OpenAPI document, `EncryptionState`); what the service says to that is assumed. */
function readEncryption(asked: unknown, existing: SecuritySettings | undefined): JsonObject | undefined {
  const before = existing?.encryptionSettings;
  const after = isObject(asked) ? asked : before;
  if (textProperty(before, "state") === "Enabled" && textProperty(after, "state") !== "Enabled") {
    throw invalidInput("Encryption with a customer-managed key cannot be disabled once it is enabled.");
  }
  return after;
}

function spelling(known: string[], asked: string | undefined, what: string): string | undefined {
  const found = known.find((state) => state.toLowerCase() === asked?.toLowerCase());
  if (asked !== undefined && !found) {
    throw invalidInput(`'${asked}' is not a valid ${what}.`);
  }
  return found;
}
