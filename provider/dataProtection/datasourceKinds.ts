import { parseResourceId, resourceGroupType } from "../azure/resourceId";
import { selectionFromWire, selectionProblems, selectionToWire } from "./containers";
import type { BlobDatasource, DataLakeDatasource, Datasource, DiskDatasource } from "./datasource";
import type { InputProblem } from "./inputProblem";
import type { BackupRole } from "./roles";
import { diskBackupReader, diskSnapshotContributor, storageAccountBackupContributor } from "./roles";
import type { WireBackupInstanceProperties, WirePolicyParameters } from "./wire";

/** All that differs between the kinds of datasource. A new kind is one row here, and a component. */
export interface DatasourceKind<D extends Datasource> {
  /** `datasourceType` on the wire. */
  datasourceType: string;
  /** The resource type of what is protected; `resourceType` on the wire. */
  resourceType: string;
  /** The property that holds the id of what is protected. */
  datasourceIdProperty: string;
  /** The properties that hold resource ids, with the type that each must have. */
  resourceIdTypes: Record<string, string>;
  /** The properties that the service cannot change in place. */
  immutableProperties: string[];
  /** All properties that people can give, besides `kind`. */
  properties: string[];
  /** The id of what is protected. */
  resourceId(datasource: D): string;
  /** `resourceUri` on the wire: the Azure CLI sends an empty one for disks and the id for accounts (both recordings). */
  resourceUri(datasource: D): string;
  /** Whether the service wants to be told what the datasource is a part of. */
  hasDatasourceSet(datasource: D): boolean;
  /** The first api-version that can express it, and the property that says so; `undefined` where all can. */
  firstApiVersion(datasource: D): { apiVersion: string; property: string } | undefined;
  /** The parameters with which an instance binds to its policy; `undefined` where the service wants none. */
  policyParameters(datasource: D): WirePolicyParameters | undefined;
  /** The roles that the vault's identity needs, and where. */
  requiredRoles(datasource: D): { role: BackupRole; scope: string }[];
  /** Reads back what an instance protects. */
  fromWire(properties: WireBackupInstanceProperties): D;
  /** Rules beyond the types of ids. Called with known values only. */
  problems(datasource: D): InputProblem[];
}

const disk: DatasourceKind<DiskDatasource> = {
  datasourceType: "Microsoft.Compute/disks",
  resourceType: "Microsoft.Compute/disks",
  datasourceIdProperty: "diskId",
  resourceIdTypes: { diskId: "Microsoft.Compute/disks", snapshotResourceGroupId: resourceGroupType },
  immutableProperties: ["diskId", "snapshotResourceGroupId"],
  properties: ["diskId", "snapshotResourceGroupId", "location"],
  resourceId: ({ diskId }) => diskId,
  resourceUri: () => "",
  hasDatasourceSet: () => false,
  firstApiVersion: () => undefined,
  policyParameters: ({ snapshotResourceGroupId }) => ({
    dataStoreParametersList: [
      {
        objectType: "AzureOperationalStoreParameters",
        dataStoreType: "OperationalStore",
        resourceGroupId: snapshotResourceGroupId,
      },
    ],
  }),
  requiredRoles: ({ diskId, snapshotResourceGroupId }) => [
    { role: diskBackupReader, scope: diskId },
    { role: diskSnapshotContributor, scope: snapshotResourceGroupId },
  ],
  fromWire: ({ dataSourceInfo, policyInfo }) => ({
    kind: "disk",
    diskId: dataSourceInfo.resourceID,
    snapshotResourceGroupId:
      policyInfo.policyParameters?.dataStoreParametersList?.find(
        (parameters) => parameters.dataStoreType === "OperationalStore",
      )?.resourceGroupId ?? "",
    location: dataSourceInfo.resourceLocation,
  }),
  problems: ({ diskId, snapshotResourceGroupId }) => {
    const subscriptionId = parseResourceId(diskId)?.subscriptionId;
    const snapshotSubscriptionId = parseResourceId(snapshotResourceGroupId)?.subscriptionId;
    return subscriptionId?.toLowerCase() === snapshotSubscriptionId?.toLowerCase()
      ? []
      : [
          {
            property: "datasource.snapshotResourceGroupId",
            reason:
              `the snapshot resource group is in subscription ${snapshotSubscriptionId}, the disk in ${subscriptionId}; ` +
              "Azure Backup keeps snapshots in the disk's subscription: give a resource group there",
          },
        ];
  },
};

/** The api-versions that brought automatic protection and Data Lake accounts (facts, section 1.2). */
const autoProtectionVersion = "2026-03-01";
const dataLakeVersion = "2025-02-01";

/** What blobs and the blobs of Data Lake accounts have in common. */
function accountKind<D extends BlobDatasource | DataLakeDatasource>(
  kind: D["kind"],
  parametersType: string,
): Omit<DatasourceKind<D>, "datasourceType" | "hasDatasourceSet" | "firstApiVersion"> {
  return {
    resourceType: "Microsoft.Storage/storageAccounts",
    datasourceIdProperty: "storageAccountId",
    resourceIdTypes: { storageAccountId: "Microsoft.Storage/storageAccounts" },
    immutableProperties: ["storageAccountId"],
    properties: ["storageAccountId", "containers", "autoProtection", "location"],
    resourceId: ({ storageAccountId }) => storageAccountId,
    resourceUri: ({ storageAccountId }) => storageAccountId,
    policyParameters: (datasource) => {
      const parameters = selectionToWire(datasource, parametersType);
      return parameters && { backupDatasourceParametersList: [parameters] };
    },
    requiredRoles: ({ storageAccountId }) => [
      { role: storageAccountBackupContributor, scope: storageAccountId },
    ],
    fromWire: ({ dataSourceInfo, policyInfo }) =>
      ({
        kind,
        storageAccountId: dataSourceInfo.resourceID,
        ...selectionFromWire(policyInfo.policyParameters?.backupDatasourceParametersList),
        location: dataSourceInfo.resourceLocation,
      }) as D,
    problems: selectionProblems,
  };
}

const blob: DatasourceKind<BlobDatasource> = {
  ...accountKind("blob", "BlobBackupDatasourceParameters"),
  datasourceType: "Microsoft.Storage/storageAccounts/blobServices",
  hasDatasourceSet: ({ autoProtection }) => autoProtection !== undefined,
  firstApiVersion: ({ autoProtection }) =>
    autoProtection && { apiVersion: autoProtectionVersion, property: "datasource.autoProtection" },
};

const adls: DatasourceKind<DataLakeDatasource> = {
  ...accountKind("adls", "AdlsBlobBackupDatasourceParameters"),
  datasourceType: "Microsoft.Storage/storageAccounts/adlsBlobServices",
  hasDatasourceSet: () => true,
  firstApiVersion: ({ autoProtection }) =>
    autoProtection === undefined
      ? { apiVersion: dataLakeVersion, property: "datasource.kind" }
      : { apiVersion: autoProtectionVersion, property: "datasource.autoProtection" },
  problems: (datasource) => {
    if (datasource.containers !== undefined || datasource.autoProtection !== undefined) {
      return selectionProblems(datasource);
    }
    const reason =
      "are missing; Data Lake accounts are always copied to the vault: name containers, or give autoProtection";
    return [{ property: "datasource.containers", reason }];
  },
};

const kinds: Record<Datasource["kind"], DatasourceKind<Datasource>> = { disk, blob, adls };

/** The names of the kinds, as people write them. */
export const datasourceKindNames = Object.keys(kinds);

/** The row of a kind; `undefined` for a name that is no kind. */
export function kindNamed(name: string): DatasourceKind<Datasource> | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name as Datasource["kind"]] : undefined;
}

/** The row of a datasource's kind. */
export function kindOf(datasource: Datasource): DatasourceKind<Datasource> {
  return kinds[datasource.kind];
}

/** The kind that an instance of the service belongs to; `undefined` for the many kinds that we do not know. */
export function kindOfWire(datasourceType: string): DatasourceKind<Datasource> | undefined {
  return Object.values(kinds).find(
    (kind) => kind.datasourceType.toLowerCase() === datasourceType.toLowerCase(),
  );
}
