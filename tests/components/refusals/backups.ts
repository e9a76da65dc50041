import { blobPolicies, diskPolicies } from "../../../components";
import { accountIdOf, diskIdOf, groupId, policyIds, vaultId } from "../declared";
import { principalId } from "../recordingMonitor";
import type { Refusal } from "./refusal";

/** What is wrong with any backup. */
const protectionRefusals: Refusal[] = [
  ["vault", { vault: undefined }, /is missing; give a vault, or \{ id, principalId \}/],
  ["vault.id", { vault: { principalId } }, /is missing; give the ARM id of a Backup vault/],
  [
    "vault.id",
    { vault: { id: groupId, principalId } },
    /is not the ARM id of a Microsoft.DataProtection\/backupVaults/,
  ],
  [
    "vault.principalId",
    { vault: { id: vaultId } },
    /is missing; give the principal id of the vault's identity/,
  ],
  ["roles", { roles: "none" }, /"none" is neither "create" nor "existing"/],
  [
    "userAssignedIdentityId",
    { userAssignedIdentityId: vaultId },
    /is not the ARM id of a Microsoft.ManagedIdentity/,
  ],
  [
    "policy",
    { policy: "weekly" },
    /"weekly" is no policy of this vault's declaration; give a policy, or its ARM id/,
  ],
];

/** What is wrong with a disk's backup. */
export const diskRefusals: Refusal[] = [
  ...protectionRefusals,
  ["policyId", { policyId: policyIds.disk }, /a disk's backup has no such property; it has diskId, .*policy/],
  ["diskId", { diskId: "" }, /is missing; give the ARM id of the managed disk/],
  ["diskId", { diskId: accountIdOf("files") }, /is not the ARM id of a Microsoft.Compute\/disks/],
  ["policy", { policy: undefined }, /is missing; give a policy for disks with operational backup/],
  ["policy", { policy: blobPolicies.operational }, /is a policy for blobs; give one for disks/],
  ["snapshotResourceGroup", { roles: "existing" }, /is missing; a new group has no roles yet/],
  [
    "snapshotResourceGroup",
    { snapshotResourceGroup: "snapshots" },
    /"snapshots" is not the ARM id of a resource group/,
  ],
];

/** What is wrong with an account's backup. */
export const blobRefusals: Refusal[] = [
  ...protectionRefusals,
  ["container", { container: ["invoices"] }, /a backup of blobs has no such property/],
  ["storageAccountId", { storageAccountId: undefined }, /is missing; give the ARM id of the account/],
  ["storageAccountId", { storageAccountId: diskIdOf("data") }, /is not the ARM id of a Microsoft.Storage/],
  ["kind", { kind: "files" }, /"files" is neither "blob" nor "adls"/],
  ["policy", { policy: diskPolicies.daily }, /is a policy for disks; give one for blobs/],
  [
    "policy",
    { policy: blobPolicies.operational, containers: ["invoices"] },
    /has no backup to the vault, which is declared here/,
  ],
  ["policy", { policy: blobPolicies.vaulted }, /has no operational backup/],
];

/** What is wrong with a snapshot group. */
export const snapshotGroupRefusals: Refusal[] = [
  ...protectionRefusals.filter(([property]) => /^vault|^userAssigned/.test(property)),
  [
    "resourceGroup",
    { resourceGroup: groupId },
    /a snapshot group has no such property; it has vault, resourceGroupId/,
  ],
  ["resourceGroupId", { resourceGroupId: "snapshots" }, /"snapshots" is not the ARM id of a resource group/],
  ["subscriptionId", { subscriptionId: "production" }, /"production" is no id of a subscription/],
];
