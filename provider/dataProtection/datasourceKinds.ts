import { parseResourceId } from "../azure/resourceId";
import { containerProblems } from "./containers";
import type { BlobDatasource, Datasource, DiskDatasource } from "./datasource";
import type { BackupRole } from "./roles";
import { diskBackupReader, diskSnapshotContributor, storageAccountBackupContributor } from "./roles";
import type { WireBackupInstanceProperties, WirePolicyParameters } from "./wire";

/** Something that is wrong with an input: the property's path and what would be right. */
export interface InputProblem {
  property: string;
  reason: string;
}

/** The type that stands for a resource group where a resource type is expected. */
export const resourceGroupType = "resource group";

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

const blob: DatasourceKind<BlobDatasource> = {
  datasourceType: "Microsoft.Storage/storageAccounts/blobServices",
  resourceType: "Microsoft.Storage/storageAccounts",
  datasourceIdProperty: "storageAccountId",
  resourceIdTypes: { storageAccountId: "Microsoft.Storage/storageAccounts" },
  immutableProperties: ["storageAccountId"],
  properties: ["storageAccountId", "containers", "location"],
  resourceId: ({ storageAccountId }) => storageAccountId,
  resourceUri: ({ storageAccountId }) => storageAccountId,
  policyParameters: ({ containers }) =>
    containers && {
      backupDatasourceParametersList: [
        { objectType: "BlobBackupDatasourceParameters", containersList: containers },
      ],
    },
  requiredRoles: ({ storageAccountId }) => [
    { role: storageAccountBackupContributor, scope: storageAccountId },
  ],
  fromWire: ({ dataSourceInfo, policyInfo }) => ({
    kind: "blob",
    storageAccountId: dataSourceInfo.resourceID,
    containers: policyInfo.policyParameters?.backupDatasourceParametersList?.find(
      (parameters) => parameters.containersList !== undefined,
    )?.containersList,
    location: dataSourceInfo.resourceLocation,
  }),
  problems: ({ containers }) => containerProblems(containers),
};

const kinds: Record<Datasource["kind"], DatasourceKind<Datasource>> = { disk, blob };

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
