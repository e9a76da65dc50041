import { diskPolicies } from "../../../components";
import { guardId, identityId } from "../declared";
import type { Refusal } from "./refusal";

const { daily } = diskPolicies;

/** What is wrong with a vault. */
export const vaultRefusals: Refusal[] = [
  [
    "softDelete.acknowledge",
    { softDelete: { state: "off" } },
    /declare acknowledge: "deleted backups are lost"/,
  ],
  [
    "softDelete.acknowledge",
    { softDelete: { state: "alwaysOn", acknowledge: "yes" } },
    /"this cannot be undone"/,
  ],
  ["immutability.acknowledge", { immutability: { state: "locked" } }, /"this cannot be undone"/],
  ["softDelete.state", { softDelete: { state: "Off" } }, /"Off" is none of "on", "alwaysOn", "off"/],
  ["softDelete.state", { softDelete: {} }, /nothing is none of/],
  ["softDelete.retentionInDays", { softDelete: { state: "on", retentionInDays: 13 } }, /from 14 to 180/],
  ["softDelete.retentionInDays", { softDelete: { state: "on", retentionInDays: 181 } }, /from 14 to 180/],
  ["softDelete.retentionInDays", { softDelete: { state: "on", retentionInDays: 14.5 } }, /from 14 to 180/],
  [
    "softDelete.retentionInDays",
    { softDelete: { state: "off", acknowledge: "deleted backups are lost", retentionInDays: 14 } },
    /leave it out/,
  ],
  ["immutability.state", { immutability: { state: "frozen" } }, /"frozen" is none of/],
  ["redundancy", { redundancy: "RA-GRS" }, /"RA-GRS" is none of/],
  ["crossRegionRestore", { redundancy: "ZoneRedundant", crossRegionRestore: true }, /"GeoRedundant"/],
  ["identity", { identity: { systemAssigned: false } }, /without an identity/],
  [
    "identity.userAssignedIdentityIds[0]",
    { identity: { userAssignedIdentityIds: [guardId] } },
    /userAssignedIdentities/,
  ],
  ["encryption.keyUri", { encryption: { keyUri: "my-key" } }, /URL of a key/],
  [
    "encryption.userAssignedIdentityId",
    { encryption: { keyUri: "https://kv.vault.azure.net/keys/k", userAssignedIdentityId: identityId } },
    /does not have/,
  ],
  ["resourceGuardId", { resourceGuardId: identityId }, /resourceGuards/],
  ["vaultName", { vaultName: "my_vault" }, /"my_vault" is no name/],
  ["vaultName", { vaultName: "v" }, /2 to 50/],
  ["resourceGroupName", { resourceGroupName: "" }, /is empty/],
  ['policies["a_b"]', { policies: { a_b: daily } }, /"a_b" is no name of a policy; give 1 to 141 letters/],
  ['policies["x"]', { policies: { x: daily.properties } }, /is no policy; give one that diskPolicy, /],
  ['policies["x"]', { policies: { x: undefined } }, /is no policy/],
  ["softdelete", { softdelete: { state: "on" } }, /a vault has no such property/],
  [
    "softDelete.days",
    { softDelete: { state: "on", days: 30 } },
    /soft delete has no such property; it has state, /,
  ],
  [
    "immutability.locked",
    { immutability: { state: "unlocked", locked: true } },
    /immutability has no such property/,
  ],
  ["identity", { identity: "SystemAssigned" }, /is not an object/],
  [
    "identity.type",
    { identity: { type: "None" } },
    /an identity has no such property; it has systemAssigned, /,
  ],
  ["identity.systemAssigned", { identity: { systemAssigned: "no" } }, /is neither true nor false/],
  [
    "identity.userAssignedIdentityIds",
    { identity: { userAssignedIdentityIds: identityId } },
    /is not a list/,
  ],
  ["encryption", { encryption: "https://kv.vault.azure.net/keys/k" }, /is not an object/],
  [
    "encryption.key",
    { encryption: { keyUri: "https://kv.vault.azure.net/keys/k", key: "k" } },
    /encryption has no such property; it has keyUri, /,
  ],
  [
    "encryption.infrastructureEncryption",
    { encryption: { keyUri: "https://kv.vault.azure.net/keys/k", infrastructureEncryption: "Enabled" } },
    /is neither true nor false/,
  ],
  [
    "encryption.userAssignedIdentityId",
    {
      identity: { systemAssigned: false, userAssignedIdentityIds: [identityId] },
      encryption: { keyUri: "https://kv.vault.azure.net/keys/k" },
    },
    /the vault has no identity of its own that could read the key/,
  ],
  ["alertsForFailedJobs", { alertsForFailedJobs: "no" }, /is neither true nor false/],
  ["crossRegionRestore", { crossRegionRestore: "yes" }, /is neither true nor false/],
  ["resourceGroupName", { resourceGroupName: "a/b" }, /"a\/b" is no name of a resource group/],
  ["resourceGroupName", { resourceGroupName: "ends." }, /is no name of a resource group/],
  ["policies", { policies: [daily] }, /is not an object; give policies by their names/],
];
