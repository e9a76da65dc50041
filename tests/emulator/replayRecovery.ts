import type { Json } from "./client";
import { accountIdOf, diskPolicy, groupId, vaultIdOf } from "./replayStage";
import type { Preparation } from "./replayStage";

const vaultName = "clitest-bkp-vault-persistent-bi-donotdelete";
const diskName = "clitest-disk-persistent-bi-donotdelete";
const location = "centraluseuap";
const blobs = "Microsoft.Storage/storageAccounts/blobServices";
const operationalAccount = "clitestsabidonotdelete";
const vaultedAccount = "clitestsavltdonotdelete";

function datasource(
  resourceID: string,
  types: { datasourceType: string; resourceType: string },
  objectType = "Datasource",
): Json {
  const resourceName = resourceID.split("/").at(-1);
  return { resourceID, resourceUri: "", resourceName, resourceLocation: location, ...types, objectType };
}

const blobTypes = { datasourceType: blobs, resourceType: "Microsoft.Storage/storageAccounts" };
const diskTypes = { datasourceType: "Microsoft.Compute/disks", resourceType: "Microsoft.Compute/disks" };
const policyIdOf = (name: string): string => `${vaultIdOf(vaultName)}/backupPolicies/${name}`;

const instances = {
  disk: {
    vaultName,
    name: `${diskName}-${diskName}-e33c80ba-0bf8-11ee-aaa6-002b670b472e`,
    properties: {
      objectType: "BackupInstance",
      friendlyName: diskName,
      dataSourceInfo: datasource(`${groupId}/providers/Microsoft.Compute/disks/${diskName}`, diskTypes),
      policyInfo: {
        policyId: policyIdOf("diskpolicy"),
        policyParameters: {
          dataStoreParametersList: [
            {
              objectType: "AzureOperationalStoreParameters",
              dataStoreType: "OperationalStore",
              resourceGroupId: groupId,
            },
          ],
        },
      },
    },
  },
  operational: {
    vaultName,
    name: `${operationalAccount}-${operationalAccount}-887c3538-0bfc-11ee-acd3-002b670b472e`,
    properties: {
      objectType: "BackupInstance",
      friendlyName: operationalAccount,
      dataSourceInfo: datasource(accountIdOf(operationalAccount), blobTypes),
      policyInfo: { policyId: policyIdOf("blobpolicy") },
    },
  },
  vaulted: {
    vaultName,
    name: `${vaultedAccount}-${vaultedAccount}-65176b0a-64ad-4247-9866-19204633c0d5`,
    properties: {
      objectType: "BackupInstance",
      friendlyName: vaultedAccount,
      dataSourceInfo: datasource(accountIdOf(vaultedAccount), blobTypes),
      dataSourceSetInfo: datasource(accountIdOf(vaultedAccount), blobTypes, "DatasourceSet"),
      policyInfo: {
        policyId: policyIdOf("vaultedblobpolicy"),
        policyParameters: {
          backupDatasourceParametersList: [
            { objectType: "BlobBackupDatasourceParameters", containersList: ["container1"] },
          ],
        },
      },
    },
  },
};

function preparation(
  protectedInstances: (typeof instances)[keyof typeof instances][],
  durationsInMs: Preparation["durationsInMs"],
  sinceInDays: number,
): Preparation {
  return {
    durationsInMs: { restore: 1_500, ...durationsInMs },
    vaults: [
      {
        name: vaultName,
        policies: {
          diskpolicy: {
            ...diskPolicy,
            backups: { ruleName: "BackupDaily", repeating: "R/2023-06-16T12:00:00+00:00/P1D" },
          },
          blobpolicy: { datasourceType: blobs, dataStoreType: "OperationalStore", retention: "P30D" },
          vaultedblobpolicy: {
            datasourceType: blobs,
            dataStoreType: "VaultStore",
            backups: { ruleName: "BackupDaily", repeating: "R/2023-06-16T03:30:00+00:00/P1D" },
          },
        },
      },
    ],
    diskName,
    accounts: [
      { name: operationalAccount },
      { name: vaultedAccount, container: "container1" },
      { name: "clitestvsdonotdelete" },
    ],
    protectedInstances,
    sinceInDays,
  };
}

/** The recordings of backups and of the way back from them; each vault is as old as what it shows needs. */
export const recoveryPreparations: Record<string, Preparation> = {
  "recovery_point_list.json": preparation([instances.disk], {}, 8),
  "recovery_point_show.json": preparation([instances.disk], {}, 8),
  "restorable_time_range_find.json": preparation([instances.operational], {}, 40),
  "restore_disk.json": preparation([instances.disk], { restoreValidation: 41_000 }, 8),
  "restore_blob_operational.json": preparation([instances.operational], {}, 40),
  "restore_blob_recovery_point.json": preparation([instances.vaulted], {}, 8),
  "job_list_and_show.json": preparation([instances.disk, instances.vaulted], {}, 20),
};
