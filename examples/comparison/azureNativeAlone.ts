import * as authorization from "@pulumi/azure-native/authorization";
import * as compute from "@pulumi/azure-native/compute";
import * as dataprotection from "@pulumi/azure-native/dataprotection";
import * as resources from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";

const { name: resourceGroupName } = new resources.ResourceGroup("comparison", { location: "westeurope" });
const disk = new compute.Disk("data", {
  resourceGroupName,
  sku: { name: "StandardSSD_LRS" },
  diskSizeGB: 4,
  creationData: { createOption: "Empty" },
});

const vault = new dataprotection.BackupVault("backups", {
  resourceGroupName,
  identity: { type: "SystemAssigned" },
  properties: {
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
    monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
  },
});
const dataStore = { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" };
const policy = new dataprotection.BackupPolicy("disks", {
  resourceGroupName,
  vaultName: vault.name,
  properties: {
    objectType: "BackupPolicy",
    datasourceTypes: ["Microsoft.Compute/disks"],
    policyRules: [
      {
        objectType: "AzureBackupRule",
        name: "BackupDaily",
        backupParameters: { objectType: "AzureBackupParams", backupType: "Incremental" },
        dataStore,
        trigger: {
          objectType: "ScheduleBasedTriggerContext",
          schedule: { repeatingTimeIntervals: ["R/2026-01-01T02:00:00+00:00/P1D"], timeZone: "UTC" },
          taggingCriteria: [{ isDefault: true, tagInfo: { tagName: "Default" }, taggingPriority: 99 }],
        },
      },
      {
        objectType: "AzureRetentionRule",
        name: "Default",
        isDefault: true,
        lifecycles: [
          {
            deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P30D" },
            sourceDataStore: dataStore,
            targetDataStoreCopySettings: [],
          },
        ],
      },
    ],
  },
});

const snapshots = new resources.ResourceGroup("snapshots", { location: "westeurope" });
const reader = assign("reader", "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24", disk.id);
const contributor = assign("contributor", "7efff54f-a5b4-42b5-a1c5-5411624893ce", snapshots.id);

const instance = new dataprotection.BackupInstance(
  "data",
  {
    resourceGroupName,
    vaultName: vault.name,
    backupInstanceName: disk.name,
    properties: {
      objectType: "BackupInstance",
      friendlyName: disk.name,
      dataSourceInfo: {
        objectType: "Datasource",
        datasourceType: "Microsoft.Compute/disks",
        resourceID: disk.id,
        resourceName: disk.name,
        resourceType: "Microsoft.Compute/disks",
        resourceLocation: disk.location,
        resourceUri: disk.id,
      },
      policyInfo: {
        policyId: policy.id,
        policyParameters: {
          dataStoreParametersList: [
            {
              objectType: "AzureOperationalStoreParameters",
              dataStoreType: "OperationalStore",
              resourceGroupId: snapshots.id,
            },
          ],
        },
      },
    },
  },
  { dependsOn: [reader, contributor] },
);

export const backupInstanceId = instance.id;

function assign(name: string, roleId: string, scope: pulumi.Input<string>): authorization.RoleAssignment {
  return new authorization.RoleAssignment(name, {
    scope,
    principalId: vault.identity.apply((identity) => identity?.principalId ?? ""),
    principalType: "ServicePrincipal",
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
  });
}
