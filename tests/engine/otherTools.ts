import type { EmulatorControl } from "../../emulator";
import type { Estate } from "../wire/estate";

interface Made {
  instanceName: string;
  friendlyName: string;
  policyId: string;
  datasourceType: string;
  resourceType: string;
  resourceId: string;
  policyParameters?: object;
}

/**
 * Creates instances with the names that other tools give: the Azure CLI (datasource twice and a UUID), Terraform's provider
 * (any, and the same for the friendly name) and the portal.
 *
 * @returns Their ARM ids.
 */
export async function createAsOtherToolsDo(estate: Estate, control: EmulatorControl): Promise<string[]> {
  const account = "Microsoft.Storage/storageAccounts";
  const disk = "Microsoft.Compute/disks";
  const { policyIds, snapshotResourceGroupId: resourceGroupId } = estate;
  const snapshots = {
    objectType: "AzureOperationalStoreParameters",
    dataStoreType: "OperationalStore",
    resourceGroupId,
  };
  const containers = {
    objectType: "BlobBackupDatasourceParameters",
    containersList: ["invoices", "contracts"],
  };
  const made: Made[] = [
    {
      instanceName: "data-data-0f9a6c1e-22aa-4a7c-9d3e-3a1f6e0b7c11",
      friendlyName: "data",
      policyId: policyIds.disk,
      datasourceType: disk,
      resourceType: disk,
      resourceId: estate.diskId,
      policyParameters: { dataStoreParametersList: [snapshots] },
    },
    {
      instanceName: "backup of files",
      friendlyName: "backup of files",
      policyId: policyIds.blobOperational,
      datasourceType: `${account}/blobServices`,
      resourceType: account,
      resourceId: estate.filesId,
    },
    {
      instanceName: "documents-7c0d1b52-8f0e-4a55-a0e3-2f4b1f6d9e01",
      friendlyName: "documents",
      policyId: policyIds.blobVaulted,
      datasourceType: `${account}/blobServices`,
      resourceType: account,
      resourceId: estate.documentsId,
      policyParameters: { backupDatasourceParametersList: [containers] },
    },
  ];
  for (const instance of made) {
    await estate.put(idOf(estate, instance), "2025-07-01", { properties: propertiesOf(instance) });
    control.advance(120_000);
  }
  return made.map((instance) => idOf(estate, instance));
}

function idOf({ vaultId }: Estate, { instanceName }: Made): string {
  return `${vaultId}/backupInstances/${instanceName}`;
}

function propertiesOf(instance: Made): object {
  const { friendlyName, policyId, policyParameters, datasourceType, resourceType, resourceId } = instance;
  return {
    objectType: "BackupInstance",
    friendlyName,
    dataSourceInfo: {
      objectType: "Datasource",
      datasourceType,
      resourceID: resourceId,
      resourceLocation: "westeurope",
      resourceName: resourceId.split("/").at(-1),
      resourceType,
      resourceUri: resourceId,
    },
    policyInfo: { policyId, policyParameters },
  };
}
