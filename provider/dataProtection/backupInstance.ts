import { isSameResourceId, parseResourceId } from "../azure/resourceId";
import { isSameSelection, selectionOf } from "./containers";
import type { Datasource } from "./datasource";
import { kindOf, kindOfWire } from "./datasourceKinds";
import type { WireBackupInstance, WireBackupInstanceProperties } from "./wire";

/** What people declare of an instance, in the form in which the service is asked for it. */
export interface DesiredInstance {
  vaultId: string;
  policyId: string;
  datasource: Datasource;
  name: string;
  friendlyName: string;
  /** ARM id of the vault's identity that protects; the vault's own (system-assigned) one without it. */
  userAssignedIdentityId?: string;
}

/** ARM id of the vault that an instance belongs to. */
export function vaultIdOf(backupInstanceId: string): string {
  return backupInstanceId.replace(/\/backupInstances\/[^/]+$/i, "");
}

/** The properties of a new instance. `location` is the region of the datasource. */
export function newProperties(desired: DesiredInstance, location: string): WireBackupInstanceProperties {
  const kind = kindOf(desired.datasource);
  const resourceId = kind.resourceId(desired.datasource);
  const info = {
    datasourceType: kind.datasourceType,
    resourceID: resourceId,
    resourceLocation: location,
    resourceName: parseResourceId(resourceId)?.name ?? "",
    resourceType: kind.resourceType,
    resourceUri: kind.resourceUri(desired.datasource),
  };
  return {
    objectType: "BackupInstance",
    friendlyName: desired.friendlyName,
    dataSourceInfo: { objectType: "Datasource", ...info },
    ...(kind.hasDatasourceSet(desired.datasource)
      ? { dataSourceSetInfo: { objectType: "DatasourceSet", ...info } }
      : {}),
    policyInfo: {
      policyId: desired.policyId,
      policyParameters: kind.policyParameters(desired.datasource),
    },
    ...identityDetailsOf(desired),
  };
}

function identityDetailsOf({
  userAssignedIdentityId,
}: DesiredInstance): Pick<WireBackupInstanceProperties, "identityDetails"> {
  return userAssignedIdentityId === undefined
    ? {}
    : {
        identityDetails: {
          useSystemAssignedIdentity: false,
          userAssignedIdentityArmUrl: userAssignedIdentityId,
        },
      };
}

/** The way back to the vault's own identity: a field that is left out may as well stay as it is. */
const backToOwnIdentity = { identityDetails: { useSystemAssignedIdentity: true } };

/** The user-assigned identity by which an instance is protected; `undefined` when it is the vault's own. */
export function userAssignedIdentityOf({
  identityDetails,
}: WireBackupInstanceProperties): string | undefined {
  const id = identityDetails?.useSystemAssignedIdentity ? "" : identityDetails?.userAssignedIdentityArmUrl;
  return id === "" ? undefined : id;
}

/**
 * The properties with which an existing instance becomes the desired one. A PUT replaces the whole instance, so all
 * that the service or another tool has set is sent back, except for what only the service writes, and for the approvals
 * of a Resource Guard with which others have changed it.
 */
export function changedProperties(
  existing: WireBackupInstanceProperties,
  desired: DesiredInstance,
): WireBackupInstanceProperties {
  const {
    protectionStatus: _status,
    currentProtectionState: _state,
    protectionErrorDetails: _errors,
    provisioningState: _provisioning,
    resourceGuardOperationRequests: _approvals,
    identityDetails,
    policyInfo: { policyVersion: _version, ...policyInfo },
    ...properties
  } = existing;
  const policyParameters = {
    ...policyInfo.policyParameters,
    ...kindOf(desired.datasource).policyParameters(desired.datasource),
  };
  return {
    ...properties,
    friendlyName: desired.friendlyName,
    policyInfo: {
      ...policyInfo,
      policyId: desired.policyId,
      ...(Object.keys(policyParameters).length > 0 ? { policyParameters } : {}),
    },
    ...(identityDetails === undefined ? {} : backToOwnIdentity),
    ...identityDetailsOf(desired),
  };
}

/** What an instance of the service protects; `undefined` for a kind of datasource that we do not know. */
export function datasourceOf({ properties }: WireBackupInstance): Datasource | undefined {
  return kindOfWire(properties.dataSourceInfo.datasourceType)?.fromWire(properties);
}

/** Whether an instance of the service protects this datasource. */
export function protectsDatasource({ properties }: WireBackupInstance, datasource: Datasource): boolean {
  const kind = kindOf(datasource);
  return (
    kind.datasourceType.toLowerCase() === properties.dataSourceInfo.datasourceType.toLowerCase() &&
    isSameResourceId(kind.resourceId(datasource), properties.dataSourceInfo.resourceID)
  );
}

/** A property in which what the service holds, or state, and what is declared differ. */
export interface Difference {
  property: string;
  actual: string;
  declared: string;
}

/**
 * In what a datasource is declared otherwise than the service can make it in place. That it is the same datasource is taken
 * for granted, see {@link protectsDatasource}.
 */
export function lastingDifference(
  actual: Datasource | undefined,
  declared: Datasource,
): Difference | undefined {
  const actualProperties = { ...actual } as Record<string, unknown>;
  const declaredProperties = { ...declared } as Record<string, unknown>;
  return kindOf(declared)
    .immutableProperties.map((property) => ({
      property: `datasource.${property}`,
      actual: String(actualProperties[property]),
      declared: String(declaredProperties[property]),
    }))
    .find((difference) => !isSameResourceId(difference.actual, difference.declared));
}

/** Whether an instance of the service already has all that can be changed in place as it is declared. */
export function isAsDesired(existing: WireBackupInstance, desired: DesiredInstance): boolean {
  const actual = datasourceOf(existing);
  return actual !== undefined && changeableDifference(existing, actual, desired) === undefined;
}

/** In what an instance of the service differs from what is declared, whether it can be changed in place or not. */
export function differenceFrom(
  existing: WireBackupInstance,
  desired: DesiredInstance,
): Difference | undefined {
  const actual = datasourceOf(existing);
  if (actual === undefined || !protectsDatasource(existing, desired.datasource)) {
    const declared = kindOf(desired.datasource).resourceId(desired.datasource);
    return { property: "datasource", actual: existing.properties.dataSourceInfo.resourceID, declared };
  }
  return lastingDifference(actual, desired.datasource) ?? changeableDifference(existing, actual, desired);
}

function changeableDifference(
  { properties }: WireBackupInstance,
  actual: Datasource,
  desired: DesiredInstance,
): Difference | undefined {
  const { policyId, userAssignedIdentityId: identityId = ownIdentity, friendlyName } = desired;
  const actualPolicyId = properties.policyInfo.policyId;
  const actualIdentityId = userAssignedIdentityOf(properties) ?? ownIdentity;
  const [actualSelection, selection] = [selectionOf(actual), selectionOf(desired.datasource)];
  const comparisons: [isSame: boolean, property: string, actual: unknown, declared: unknown][] = [
    [isSameResourceId(actualPolicyId, policyId), "policyId", actualPolicyId, policyId],
    [properties.friendlyName === friendlyName, "friendlyName", properties.friendlyName, friendlyName],
    [isSameResourceId(actualIdentityId, identityId), "userAssignedIdentityId", actualIdentityId, identityId],
    [
      isSameSelection(actualSelection, selection),
      `datasource.${selection?.autoProtection === undefined ? "containers" : "autoProtection"}`,
      JSON.stringify(actualSelection),
      JSON.stringify(selection),
    ],
  ];
  const different = comparisons.find(([isSame]) => !isSame);
  return (
    different && { property: different[1], actual: String(different[2]), declared: String(different[3]) }
  );
}

/** How the absence of a user-assigned identity is called. */
const ownIdentity = "(the vault's own)";
