import type { ConfigMap } from "@pulumi/pulumi/automation";
import type { Estate } from "../wire/estate";

/** The configuration of the programs that protect what is there already, in the words of the estate. */
export async function estateConfig(estate: Estate): Promise<ConfigMap> {
  const { vaultId, policyIds, diskId, snapshotResourceGroupId, filesId } = estate;
  const config = {
    vaultId,
    principalId: await estate.principalId(),
    policyId: policyIds.disk,
    diskId,
    snapshotResourceGroupId,
    blobPolicyId: policyIds.blobOperational,
    storageAccountId: filesId,
  };
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }]));
}
