import type { CheckedInputs, DeclaredInputs } from "../../provider/instance/inputs";

export const subscriptionId = "11111111-1111-4111-8111-111111111111";
export const otherSubscriptionId = "22222222-2222-4222-8222-222222222222";

const group = `/subscriptions/${subscriptionId}/resourceGroups/estate`;

export const vaultId = `${group}/providers/Microsoft.DataProtection/backupVaults/vault`;
export const policyId = `${vaultId}/backupPolicies/daily`;
export const diskId = `${group}/providers/Microsoft.Compute/disks/data`;
export const storageAccountId = `${group}/providers/Microsoft.Storage/storageAccounts/files`;
export const snapshotResourceGroupId = `/subscriptions/${subscriptionId}/resourceGroups/snapshots`;

/** A declaration of a disk's backup with nothing wrong in it. */
export const diskDeclaration: DeclaredInputs = {
  vaultId,
  policyId,
  datasource: { kind: "disk", diskId, snapshotResourceGroupId },
};

/** A declaration of an account's backup; with containers it is vaulted backup. */
export function blobDeclaration(containers?: string[]): DeclaredInputs {
  return { vaultId, policyId, datasource: { kind: "blob", storageAccountId, containers } };
}

/** The declaration as `check` completes it. */
export const checkedDisk: CheckedInputs = {
  ...diskDeclaration,
  name: "data-instance",
  friendlyName: "data",
  backupInstanceId: `${vaultId}/backupInstances/data-instance`,
  __provider: "text",
};
