import * as containers from "./arm/blobContainers";
import * as disks from "./arm/disks";
import * as genericResources from "./arm/genericResources";
import * as locks from "./arm/managementLocks";
import * as providers from "./arm/providers";
import * as resourceGroups from "./arm/resourceGroups";
import * as roleAssignments from "./arm/roleAssignments";
import * as roleDefinitions from "./arm/roleDefinitions";
import * as accounts from "./arm/storageAccounts";
import * as identities from "./arm/userAssignedIdentities";
import * as subscriptions from "./arm/subscriptions";
import { listTagNames } from "./arm/tagNames";
import { dataProtectionRoutes } from "./dataProtection/routes";
import * as discovery from "./identity/discovery";
import { cloudMetadata } from "./identity/metadata";
import { issueToken, issueTokenByResource } from "./identity/tokenEndpoint";
import { queryResources } from "./resourceGraph/endpoint";
import type { Route } from "./router";

const subscription = "/subscriptions/{subscriptionId}";
const group = `${subscription}/resourceGroups/{resourceGroupName}`;
const disk = `${group}/providers/Microsoft.Compute/disks`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts`;
const blobService = `${account}/{accountName}/blobServices/default`;
const authorization = "/{+scope}/providers/Microsoft.Authorization";
const identityList = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities`;

const identity: Route[] = [
  { method: "POST", path: "/{tenant}/oauth2/v2.0/token", handle: issueToken, open: true },
  { method: "POST", path: "/{tenant}/oauth2/token", handle: issueTokenByResource, open: true },
  {
    method: "GET",
    path: "/{tenant}/v2.0/.well-known/openid-configuration",
    handle: discovery.openIdConfiguration,
    open: true,
  },
  { method: "GET", path: "/common/discovery/instance", handle: discovery.instanceDiscovery, open: true },
  { method: "GET", path: "/metadata/endpoints", handle: cloudMetadata, open: true },
];

const general: Route[] = [
  { method: "GET", path: "/tenants", handle: subscriptions.listTenants },
  { method: "GET", path: "/subscriptions", handle: subscriptions.listSubscriptions },
  { method: "GET", path: subscription, handle: subscriptions.getSubscription },
  { method: "GET", path: `${subscription}/locations`, handle: subscriptions.listLocations },
  { method: "GET", path: `${subscription}/providers`, handle: providers.listProviders },
  { method: "GET", path: `${subscription}/providers/{namespace}`, handle: providers.getProvider },
  {
    method: "POST",
    path: `${subscription}/providers/{namespace}/register`,
    handle: providers.registerProvider,
  },
  {
    method: "POST",
    path: `${subscription}/providers/{namespace}/unregister`,
    handle: providers.unregisterProvider,
  },
  { method: "GET", path: `${subscription}/resourceGroups`, handle: resourceGroups.listResourceGroups },
  { method: "PUT", path: `${subscription}/resourceGroups/{name}`, handle: resourceGroups.putResourceGroup },
  { method: "GET", path: `${subscription}/resourceGroups/{name}`, handle: resourceGroups.getResourceGroup },
  { method: "HEAD", path: `${subscription}/resourceGroups/{name}`, handle: resourceGroups.headResourceGroup },
  {
    method: "PATCH",
    path: `${subscription}/resourceGroups/{name}`,
    handle: resourceGroups.patchResourceGroup,
  },
  {
    method: "DELETE",
    path: `${subscription}/resourceGroups/{name}`,
    handle: resourceGroups.deleteResourceGroup,
  },
  { method: "GET", path: `${group}/resources`, handle: genericResources.listResourcesInGroup },
  { method: "GET", path: `${subscription}/tagNames`, handle: listTagNames },
  {
    method: "POST",
    path: "/providers/Microsoft.ResourceGraph/resources",
    handle: queryResources,
    limit: "none",
  },
  { method: "GET", path: `${subscription}/resources`, handle: genericResources.listResourcesInSubscription },
  {
    method: "GET",
    path: `${subscription}/operationresults/{id}`,
    handle: resourceGroups.getResourceGroupDeletion,
  },
];

const computeAndStorage: Route[] = [
  {
    method: "GET",
    path: `${subscription}/providers/Microsoft.Compute/disks`,
    handle: disks.listDisksInSubscription,
  },
  { method: "GET", path: disk, handle: disks.listDisks },
  { method: "PUT", path: `${disk}/{name}`, handle: disks.putDisk },
  { method: "GET", path: `${disk}/{name}`, handle: disks.getDisk },
  { method: "PATCH", path: `${disk}/{name}`, handle: disks.patchDisk },
  { method: "DELETE", path: `${disk}/{name}`, handle: disks.deleteDisk },
  {
    method: "GET",
    path: `${subscription}/providers/Microsoft.Storage/storageAccounts`,
    handle: accounts.listStorageAccountsInSubscription,
  },
  {
    method: "POST",
    path: `${subscription}/providers/Microsoft.Storage/checkNameAvailability`,
    handle: accounts.checkStorageAccountName,
  },
  { method: "GET", path: account, handle: accounts.listStorageAccounts },
  { method: "PUT", path: `${account}/{name}`, handle: accounts.putStorageAccount },
  { method: "GET", path: `${account}/{name}`, handle: accounts.getStorageAccount },
  { method: "PATCH", path: `${account}/{name}`, handle: accounts.patchStorageAccount },
  { method: "DELETE", path: `${account}/{name}`, handle: accounts.deleteStorageAccount },
  { method: "POST", path: `${account}/{name}/listKeys`, handle: accounts.listStorageAccountKeys },
  { method: "GET", path: blobService, handle: containers.getBlobService },
  { method: "PUT", path: blobService, handle: containers.putBlobService },
  { method: "GET", path: `${blobService}/containers`, handle: containers.listContainers },
  { method: "PUT", path: `${blobService}/containers/{name}`, handle: containers.putContainer },
  { method: "GET", path: `${blobService}/containers/{name}`, handle: containers.getContainer },
  { method: "DELETE", path: `${blobService}/containers/{name}`, handle: containers.deleteContainer },
];

const roles: Route[] = [
  { method: "GET", path: `${authorization}/roleAssignments`, handle: roleAssignments.listRoleAssignments },
  {
    method: "PUT",
    path: `${authorization}/roleAssignments/{name}`,
    handle: roleAssignments.putRoleAssignment,
  },
  {
    method: "GET",
    path: `${authorization}/roleAssignments/{name}`,
    handle: roleAssignments.getRoleAssignment,
  },
  {
    method: "DELETE",
    path: `${authorization}/roleAssignments/{name}`,
    handle: roleAssignments.deleteRoleAssignment,
  },
  { method: "GET", path: `${authorization}/roleDefinitions`, handle: roleDefinitions.listRoleDefinitions },
  {
    method: "GET",
    path: `${authorization}/roleDefinitions/{name}`,
    handle: roleDefinitions.getRoleDefinition,
  },
];

const managedIdentities: Route[] = [
  { method: "GET", path: identityList, handle: identities.listIdentities },
  { method: "PUT", path: `${identityList}/{name}`, handle: identities.putIdentity },
  { method: "GET", path: `${identityList}/{name}`, handle: identities.getIdentity },
  { method: "DELETE", path: `${identityList}/{name}`, handle: identities.deleteIdentity },
];

const managementLocks: Route[] = [
  { method: "GET", path: `${authorization}/locks`, handle: locks.listLocks },
  { method: "PUT", path: `${authorization}/locks/{name}`, handle: locks.putLock },
  { method: "GET", path: `${authorization}/locks/{name}`, handle: locks.getLock },
  { method: "DELETE", path: `${authorization}/locks/{name}`, handle: locks.deleteLock },
];

/** Everything that the emulator answers, in the order in which it is looked up. */
export const routes: readonly Route[] = [
  ...identity,
  ...general,
  ...computeAndStorage,
  ...dataProtectionRoutes,
  ...roles,
  ...managementLocks,
  ...managedIdentities,
];
