import * as instances from "./backupInstances";
import * as deleted from "./deletedBackupInstances";
import * as actions from "./instanceActions";
import * as operations from "./operations";
import * as guards from "./resourceGuards";
import * as proxies from "./resourceGuardProxies";
import * as policies from "./policies";
import { recoveryRoutes } from "./recovery/routes";
import * as validation from "./validation";
import * as vaults from "./vaults";
import type { Route } from "../router";

const subscription = "/subscriptions/{subscriptionId}";
const group = `${subscription}/resourceGroups/{resourceGroupName}`;
const vaultList = `${group}/providers/Microsoft.DataProtection/backupVaults`;
const vault = `${vaultList}/{vaultName}`;
const instance = `${vault}/backupInstances/{name}`;
const deletedInstance = `${vault}/deletedBackupInstances/{name}`;
const location = `${subscription}/providers/Microsoft.DataProtection/locations/{location}`;
const guardList = `${group}/providers/Microsoft.DataProtection/resourceGuards`;
const proxyList = `${vault}/backupResourceGuardProxies`;

const vaultsAndPolicies: Route[] = [
  {
    method: "GET",
    path: `${subscription}/providers/Microsoft.DataProtection/backupVaults`,
    handle: vaults.listVaultsInSubscription,
    limit: "vaultRead",
  },
  { method: "GET", path: vaultList, handle: vaults.listVaults, limit: "vaultRead" },
  { method: "PUT", path: `${vaultList}/{name}`, handle: vaults.putVault, limit: "vaultWrite" },
  { method: "GET", path: `${vaultList}/{name}`, handle: vaults.getVault, limit: "vaultRead" },
  { method: "PATCH", path: `${vaultList}/{name}`, handle: vaults.patchVault, limit: "vaultWrite" },
  { method: "DELETE", path: `${vaultList}/{name}`, handle: vaults.deleteVault, limit: "vaultWrite" },
  { method: "GET", path: `${vault}/backupPolicies`, handle: policies.listPolicies, limit: "policy" },
  { method: "PUT", path: `${vault}/backupPolicies/{name}`, handle: policies.putPolicy, limit: "policyPut" },
  { method: "GET", path: `${vault}/backupPolicies/{name}`, handle: policies.getPolicy, limit: "policy" },
  {
    method: "DELETE",
    path: `${vault}/backupPolicies/{name}`,
    handle: policies.deletePolicy,
    limit: "policyDelete",
  },
];

/** The actions count as writes, but undelete does not (softdelete 3 and 26). */
const backupInstances: Route[] = [
  { method: "POST", path: `${vault}/validateForBackup`, handle: validation.validateForBackup },
  { method: "GET", path: `${vault}/backupInstances`, handle: instances.listInstances, limit: "instanceList" },
  { method: "PUT", path: instance, handle: instances.putInstance, limit: "instancePut" },
  { method: "GET", path: instance, handle: instances.getInstance, limit: "instanceRead" },
  { method: "DELETE", path: instance, handle: instances.deleteInstance, limit: "instanceDelete" },
  { method: "POST", path: `${instance}/validateForModifyBackup`, handle: validation.validateForModifyBackup },
  { method: "POST", path: `${instance}/stopProtection`, handle: actions.stopProtection },
  { method: "POST", path: `${instance}/suspendBackups`, handle: actions.suspendBackups },
  { method: "POST", path: `${instance}/resumeBackups`, handle: actions.resumeBackups },
  { method: "POST", path: `${instance}/resumeProtection`, handle: actions.resumeProtection },
  { method: "POST", path: `${instance}/sync`, handle: actions.syncInstance },
  {
    method: "GET",
    path: "/{+scope}/providers/Microsoft.DataProtection/backupInstances",
    handle: instances.listInstancesOfDatasource,
    limit: "instanceList",
  },
  {
    method: "GET",
    path: `${vault}/deletedBackupInstances`,
    handle: deleted.listDeletedInstances,
    limit: "deletedInstance",
  },
  { method: "GET", path: deletedInstance, handle: deleted.getDeletedInstance, limit: "deletedInstance" },
  { method: "POST", path: `${deletedInstance}/undelete`, handle: deleted.undelete, limit: "deletedInstance" },
];

const longRunning: Route[] = [
  {
    method: "GET",
    path: `${vault}/operationStatus/{operationId}`,
    handle: operations.getOperationStatus,
    limit: "operationStatus",
  },
  {
    method: "GET",
    path: `${location}/operationStatus/{operationId}`,
    handle: operations.getOperationStatus,
    limit: "operationStatus",
  },
  {
    method: "GET",
    path: `${group}/providers/Microsoft.DataProtection/locations/{location}/operationStatus/{operationId}`,
    handle: operations.getOperationStatus,
    limit: "vaultDeletionStatus",
  },
  {
    method: "GET",
    path: `${group}/providers/Microsoft.DataProtection/operationStatus/{operationId}`,
    handle: operations.getOperationStatusInResourceGroup,
    limit: "operationStatus",
  },
  {
    method: "GET",
    path: `${location}/operationResults/{operationId}`,
    handle: operations.getOperationResult,
    limit: "operationResult",
  },
  {
    method: "GET",
    path: `${vault}/operationResults/{operationId}`,
    handle: vaults.getVaultOperationResult,
    limit: "operationResult",
  },
  {
    method: "GET",
    path: `${instance}/operationResults/{operationId}`,
    handle: instances.getInstanceOperationResult,
    limit: "operationResult",
  },
];

const resourceGuards: Route[] = [
  {
    method: "GET",
    path: `${subscription}/providers/Microsoft.DataProtection/resourceGuards`,
    handle: guards.listGuardsInSubscription,
    limit: "guardRead",
  },
  { method: "GET", path: guardList, handle: guards.listGuards, limit: "guardRead" },
  { method: "PUT", path: `${guardList}/{name}`, handle: guards.putGuard, limit: "guardWrite" },
  { method: "GET", path: `${guardList}/{name}`, handle: guards.getGuard, limit: "guardRead" },
  { method: "DELETE", path: `${guardList}/{name}`, handle: guards.deleteGuard, limit: "guardWrite" },
  { method: "GET", path: proxyList, handle: proxies.listProxies, limit: "guardRead" },
  { method: "PUT", path: `${proxyList}/{name}`, handle: proxies.putProxy, limit: "guardWrite" },
  { method: "GET", path: `${proxyList}/{name}`, handle: proxies.getProxy, limit: "guardRead" },
  { method: "DELETE", path: `${proxyList}/{name}`, handle: proxies.deleteProxy },
  { method: "POST", path: `${proxyList}/{name}/unlockDelete`, handle: proxies.unlockDelete },
];

/** What the resource provider of Azure Backup answers. */
export const dataProtectionRoutes: readonly Route[] = [
  ...vaultsAndPolicies,
  ...backupInstances,
  ...recoveryRoutes(vault, instance),
  ...longRunning,
  ...resourceGuards,
];
