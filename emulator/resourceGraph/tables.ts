import type { Cloud } from "../cloud";
import type { DatasourceInfo } from "../dataProtection/instanceSpec";
import { renderInstance } from "../dataProtection/renderInstance";
import { renderVault } from "../dataProtection/renderVault";
import { subscriptionIdOf } from "../arm/resourceId";
import type { JsonObject } from "../arm/requestBody";
import type { BackupInstance } from "../records/backupInstance";
import type { Row } from "./evaluation";

/** The rows of each table, by its name in lower case. */
export const tables: Record<string, (cloud: Cloud) => Row[]> = {
  resources: (cloud) => [
    ...cloud.vaults.all().map((vault) => {
      // So, and only here, the service spells the type in a vault's id (backup_vault_list_from_resource_graph).
      const id = vault.id.replace("/backupVaults/", "/BackupVaults/");
      return rowOf(cloud, { ...renderVault(cloud, vault), id });
    }),
    ...[cloud.disks, cloud.storageAccounts, cloud.userAssignedIdentities].flatMap((collection) =>
      collection.all().map((resource) => rowOf(cloud, { ...resource })),
    ),
  ],
  recoveryservicesresources: (cloud) => cloud.instances.all().map((instance) => instanceRow(cloud, instance)),
};

/** The columns that every row has; what a resource does not have is null (backup_vault_list_from_resource_graph). */
function rowOf(cloud: Cloud, resource: Row): Row {
  const id = String(resource["id"]);
  const subscriptionId = subscriptionIdOf(id) ?? "";
  return {
    id,
    name: resource["name"],
    type: String(resource["type"]).toLowerCase(),
    tenantId: cloud.subscriptions.find(subscriptionId)?.tenantId,
    kind: resource["kind"] ?? "",
    location: resource["location"],
    resourceGroup: (id.split("/")[4] ?? "").toLowerCase(),
    subscriptionId,
    managedBy: "",
    sku: resource["sku"] ?? null,
    plan: null,
    properties: resource["properties"] ?? {},
    tags: resource["tags"] ?? null,
    identity: resource["identity"] ?? null,
    zones: null,
    extendedLocation: null,
  };
}

/** Instances have more to their properties than their own GET shows (backup_instance_list_from_resource_graph). */
function instanceRow(cloud: Cloud, instance: BackupInstance): Row {
  const rendered = renderInstance(instance) as { properties: JsonObject };
  const { properties } = rendered;
  const { dataSourceInfo, dataSourceSetInfo, policyInfo } = instance.spec;
  const location = cloud.vaults.get(instance.vaultId)?.location ?? dataSourceInfo.resourceLocation;
  const { errorDetails = null, status } = properties["protectionStatus"] as JsonObject;
  return rowOf(cloud, {
    ...rendered,
    location,
    properties: {
      ...properties,
      protectionStatus: { errorDetails, status },
      resourceGuardOperationRequests: null,
      dataSourceInfo: datasourceOf(dataSourceInfo),
      dataSourceSetInfo: datasourceOf(
        dataSourceSetInfo ?? { ...dataSourceInfo, objectType: "DatasourceSet" },
      ),
      policyInfo: {
        policyId: policyInfo.policyId,
        policyParameters: {
          backupDatasourceParametersList: null,
          dataStoreParametersList: null,
          ...policyInfo.policyParameters,
          tags: null,
        },
        policyVersion: null,
      },
      backupInstanceExtendedProperties: {
        protectionStateInSecondaryRegion: "NotProtected",
        protectedPrimaryRegion: location,
        vaultId: instance.vaultId,
        protectedSecondaryRegion: "",
        dataSourceExtendedInfo: { dataSourceId: dataSourceInfo.resourceName },
      },
      datasourceAuthCredentials: properties["datasourceAuthCredentials"] ?? null,
      protectionErrorDetails: properties["protectionErrorDetails"] ?? null,
      dataSourceProperties: null,
      identityDetails: properties["identityDetails"] ?? null,
      validationType: properties["validationType"] ?? null,
    },
  });
}

function datasourceOf(datasource: DatasourceInfo): JsonObject {
  return { ...datasource, resourceProperties: null, baseUri: null };
}
