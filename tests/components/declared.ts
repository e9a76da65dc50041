import type * as pulumi from "@pulumi/pulumi";
import type { BackupFleetArgs, BackupVaultArgs } from "../../components";
import { BackupFleet, BackupVault } from "../../components";
import type { Registration } from "./recordingMonitor";
import { otherSubscriptionId, principalId, registrationsOf, subscriptionId } from "./recordingMonitor";

/** What the tests of the components declare. */
export const groupId = `/subscriptions/${subscriptionId}/resourceGroups/estate`;
export const existingGroupId = `/subscriptions/${subscriptionId}/resourceGroups/existing`;
export const otherGroupId = `/subscriptions/${otherSubscriptionId}/resourceGroups/existing`;
export const vaultId = `${groupId}/providers/Microsoft.DataProtection/backupVaults/vault`;
export const guardId = `${groupId}/providers/Microsoft.DataProtection/resourceGuards/guard`;
export const identityId = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backups`;
export const machineId = `${groupId}/providers/Microsoft.Compute/virtualMachines/web`;

/** A vault that is not part of the program. */
export const vault = { id: vaultId, principalId, location: "westeurope" };
export const policyIds = {
  disk: `${vaultId}/backupPolicies/disks`,
  blob: `${vaultId}/backupPolicies/blobs`,
  vaultedBlob: `${vaultId}/backupPolicies/vaulted`,
  dataLake: `${vaultId}/backupPolicies/lakes`,
};

export const diskIdOf = (name: string, subscription = subscriptionId): string =>
  `/subscriptions/${subscription}/resourceGroups/estate/providers/Microsoft.Compute/disks/${name}`;
export const accountIdOf = (name: string): string =>
  `${groupId}/providers/Microsoft.Storage/storageAccounts/${name}`;

/** How the types of this package's resources and components begin. */
export const ours = "pulumi-nodejs:dynamic/azure-dataprotection";
export const components = "azure-dataprotection:index";

/** What a vault called `backups` registers. */
export async function declaredVault(
  args: Partial<BackupVaultArgs> = {},
  opts?: () => pulumi.ComponentResourceOptions,
): Promise<Map<string, Registration>> {
  return registrationsOf(
    () => void new BackupVault("backups", { resourceGroupName: "estate", ...args }, opts?.()),
  );
}

/** What a fleet called `estate` registers. */
export async function declaredFleet(
  args: Partial<BackupFleetArgs> & Pick<BackupFleetArgs, "members">,
  { isPreview = false } = {},
): Promise<Map<string, Registration>> {
  return registrationsOf(() => void new BackupFleet("estate", { vault, policies: policyIds, ...args }), {
    isPreview,
  });
}
