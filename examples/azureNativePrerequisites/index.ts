import * as authorization from "@pulumi/azure-native/authorization";
import * as compute from "@pulumi/azure-native/compute";
import * as dataprotection from "@pulumi/azure-native/dataprotection";
import * as resources from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import { DiskBackup, diskPolicies } from "pulumi-azure-dataprotection";

const { name: resourceGroupName } = new resources.ResourceGroup("data", { location: "westeurope" });
const disk = new compute.Disk("data", {
  resourceGroupName,
  sku: { name: "StandardSSD_LRS" },
  diskSizeGB: 4,
  creationData: { createOption: "Empty" },
});

// While the vault holds soft-deleted backups, Azure deletes neither it nor its policies nor their groups, and a destroy
// would fail in the middle. So `pulumi destroy` leaves them in Azure.
const inAzure = { retainOnDelete: true };
const backupGroup = new resources.ResourceGroup("backups", { location: "westeurope" }, inAzure);
const snapshots = new resources.ResourceGroup("snapshots", { location: "westeurope" }, inAzure);
const vault = new dataprotection.BackupVault(
  "backups",
  {
    resourceGroupName: backupGroup.name,
    identity: { type: "SystemAssigned" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
      securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
    },
  },
  inAzure,
);
const policy = new dataprotection.BackupPolicy(
  "disks",
  {
    resourceGroupName: backupGroup.name,
    vaultName: vault.name,
    // The properties of this package's policies are what azure-native takes.
    properties: diskPolicies.daily.properties,
  },
  inAzure,
);

const roles = [
  assign("disk-backup-reader", "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", disk.id),
  assign("disk-snapshot-contributor", "7efff54f-a5b4-42b5-a1c5-5411624893ce", snapshots.id),
];

const backup = new DiskBackup(
  "data",
  { diskId: disk.id, vault, policy: policy.id, snapshotResourceGroup: snapshots.id, roles: "existing" },
  { dependsOn: roles },
);

export const backupInstanceId = backup.backupInstanceId;
export const protectionState = backup.protectionState;

function assign(name: string, roleId: string, scope: pulumi.Input<string>): authorization.RoleAssignment {
  return new authorization.RoleAssignment(name, {
    scope,
    principalId: vault.identity.apply((identity) => identity?.principalId ?? ""),
    principalType: "ServicePrincipal",
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
  });
}
