import type {
  WireBackupInstance,
  WireBackupInstanceProperties,
} from "../../../../provider/dataProtection/wire";
import { diskId, policyId, snapshotResourceGroupId, storageAccountId, vaultId } from "../../declaration";

/** An instance of a disk as the service answers with it. */
export function liveDisk(
  name: string,
  changes: Partial<WireBackupInstanceProperties> = {},
): WireBackupInstance {
  return live(name, {
    objectType: "BackupInstance",
    friendlyName: "data",
    dataSourceInfo: {
      objectType: "Datasource",
      datasourceType: "Microsoft.Compute/disks",
      resourceID: diskId,
      resourceLocation: "westeurope",
      resourceName: "data",
      resourceType: "Microsoft.Compute/disks",
      resourceUri: "",
    },
    policyInfo: {
      policyId,
      policyVersion: "",
      policyParameters: {
        dataStoreParametersList: [
          {
            objectType: "AzureOperationalStoreParameters",
            dataStoreType: "OperationalStore",
            resourceGroupId: snapshotResourceGroupId,
          },
        ],
      },
    },
    currentProtectionState: "ProtectionConfigured",
    provisioningState: "Succeeded",
    ...changes,
  });
}

/** An instance of a storage account; without containers it is operational backup. */
export function liveBlob(name: string, containersList?: string[] | null): WireBackupInstance {
  const { properties } = liveDisk(name);
  const objectType = "BlobBackupDatasourceParameters";
  const lists = {
    dataStoreParametersList: null,
    backupDatasourceParametersList: [{ objectType, containersList }],
  };
  return live(name, {
    ...properties,
    friendlyName: "files",
    dataSourceInfo: {
      objectType: "Datasource",
      datasourceType: "Microsoft.Storage/storageAccounts/blobServices",
      resourceID: storageAccountId,
      resourceLocation: "westeurope",
      resourceName: "files",
      resourceType: "Microsoft.Storage/storageAccounts",
      resourceUri: storageAccountId,
    },
    policyInfo: {
      policyId,
      policyParameters: containersList === undefined ? undefined : (lists as object),
    },
  });
}

function live(name: string, properties: WireBackupInstanceProperties): WireBackupInstance {
  return { id: `${vaultId}/backupInstances/${name}`, name, properties };
}
