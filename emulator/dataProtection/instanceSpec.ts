import { isObject, property, textProperty } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import { nameOf } from "../arm/resourceId";
import { invalidInput } from "./userErrors";

/** What a client asks of a backup instance, spelled and ordered as the service answers it. */
export interface InstanceSpec {
  friendlyName: string;
  dataSourceInfo: DatasourceInfo;
  dataSourceSetInfo?: DatasourceInfo;
  policyInfo: { policyId: string; policyParameters?: PolicyParameters };
  datasourceAuthCredentials?: JsonObject;
  validationType?: string;
  identityDetails?: JsonObject;
}

export interface DatasourceInfo {
  resourceID: string;
  resourceUri?: string;
  datasourceType?: string;
  resourceName?: string;
  resourceType?: string;
  resourceLocation?: string;
  objectType: string;
}

export interface PolicyParameters {
  dataStoreParametersList?: JsonObject[];
  backupDatasourceParametersList?: JsonObject[];
}

/** Reads a BackupInstance, whatever the case of its names; nulls count as absent (create_and_delete_disk 2). */
export function readInstanceSpec(instance: unknown): InstanceSpec {
  if (!isObject(instance)) {
    throw invalidInput("The backup instance is missing in the request.");
  }
  // azurerm has never sent anything but the empty one.
  if (!["BackupInstance", ""].includes(textProperty(instance, "objectType") ?? "none")) {
    throw invalidInput("objectType of a backup instance must be 'BackupInstance'.");
  }
  const dataSourceInfo = readDatasource(property(instance, "dataSourceInfo"), "dataSourceInfo", "Datasource");
  const setInfo = property(instance, "dataSourceSetInfo");
  return {
    friendlyName: textProperty(instance, "friendlyName") || nameOf(dataSourceInfo.resourceID),
    dataSourceInfo,
    ...(isObject(setInfo)
      ? { dataSourceSetInfo: readDatasource(setInfo, "dataSourceSetInfo", "DatasourceSet") }
      : {}),
    policyInfo: readPolicyInfo(property(instance, "policyInfo")),
    ...optionalObject(instance, "datasourceAuthCredentials"),
    ...optionalText(instance, "validationType"),
    ...optionalObject(instance, "identityDetails"),
  };
}

function readDatasource(datasource: unknown, where: string, objectType: string): DatasourceInfo {
  const resourceID = textProperty(datasource, "resourceID");
  if (!resourceID) {
    throw invalidInput(`${where}.resourceID is required.`);
  }
  return {
    resourceID,
    ...optionalText(datasource, "resourceUri"),
    ...optionalText(datasource, "datasourceType"),
    ...optionalText(datasource, "resourceName"),
    ...optionalText(datasource, "resourceType"),
    ...optionalText(datasource, "resourceLocation"),
    objectType,
  };
}

/** `name` and `policyVersion`, which the seed's vaulted body sends, cannot be written and are dropped. */
function readPolicyInfo(policyInfo: unknown): InstanceSpec["policyInfo"] {
  const policyId = textProperty(policyInfo, "policyId");
  if (!policyId) {
    throw invalidInput("policyInfo.policyId is required.");
  }
  const parameters = property(policyInfo, "policyParameters");
  if (!isObject(parameters)) {
    return { policyId };
  }
  const policyParameters: PolicyParameters = {
    ...optionalParameters(parameters, "dataStoreParametersList", ["dataStoreType", "objectType"]),
    ...optionalParameters(parameters, "backupDatasourceParametersList", ["objectType"]),
  };
  return Object.keys(policyParameters).length > 0 ? { policyId, policyParameters } : { policyId };
}

function optionalParameters(parameters: JsonObject, name: string, first: string[]): JsonObject {
  const list = property(parameters, name);
  if (!Array.isArray(list) || list.length === 0) {
    return {};
  }
  return { [name]: list.map((entry) => readParameters(entry, name, first)) };
}

/** The discriminating names come first in the service's answers. */
function readParameters(entry: unknown, where: string, first: string[]): JsonObject {
  if (!isObject(entry) || first.some((name) => textProperty(entry, name) === undefined)) {
    throw invalidInput(`Each entry of ${where} needs ${first.join(" and ")}.`);
  }
  const rest = Object.entries(entry).filter(
    ([key]) => !first.some((name) => name.toLowerCase() === key.toLowerCase()),
  );
  return {
    ...Object.fromEntries(first.map((name) => [name, property(entry, name)])),
    ...Object.fromEntries(rest),
  };
}

function optionalText<Name extends string>(object: unknown, name: Name): { [key in Name]?: string } {
  const value = textProperty(object, name);
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: string };
}

function optionalObject<Name extends string>(object: unknown, name: Name): { [key in Name]?: JsonObject } {
  const value = property(object, name);
  return (isObject(value) ? { [name]: value } : {}) as { [key in Name]?: JsonObject };
}

/** The snapshot group among a disk's policy parameters. */
export function snapshotResourceGroupIdOf(spec: InstanceSpec): string | undefined {
  const stores = spec.policyInfo.policyParameters?.dataStoreParametersList ?? [];
  const operational = stores.find(({ objectType }) => objectType === "AzureOperationalStoreParameters");
  const resourceGroupId = operational?.["resourceGroupId"];
  return typeof resourceGroupId === "string" ? resourceGroupId : undefined;
}
