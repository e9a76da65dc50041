import { green, plan, redAbsent, redAsBefore } from "./reactions";
import {
  look,
  put,
  seenProtected,
  validated,
  validationFailed,
  lookForNew,
  lookForProtector,
  lookedAround,
} from "./requests";
import type { Scenario } from "./scenario";
import { protectedDisk } from "./situations";

/** What is missing: roles, identities, and resources that the program takes for granted. */
export const missingScenarios: Scenario[] = [
  {
    situation: "the vault's identity lacks its roles, and they do not come",
    place: { isGranted: false },
    declares: (site) => site.diskBackup({ timeouts: { create: "1s" } }),
    reactions: {
      previewOfCreate: plan("create", [
        ...lookForNew,
        ...validationFailed("UserErrorMissingRequiredPermissions"),
      ]),
      create: redAbsent(
        "validating the protection of {disk} by vault {vault}: the create timeout of 1s has passed " +
          "(last seen: UserErrorMissingRequiredPermissions); creating backup instance {instance}: " +
          "UserErrorMissingRequiredPermissions: Appropriate permissions to perform the operation is " +
          "missing. Validate for Protection failed. Exception Message: The client '{guid}' with object id " +
          "'{guid}' does not have authorization to perform action " +
          "'Microsoft.Authorization/roleAssignments/read' over scope " +
          "'{disk}/providers/Microsoft.Authorization' or the scope is invalid. If access was recently " +
          "granted, please refresh your credentials. Grant appropriate permissions to perform this " +
          "operation as mentioned at https://aka.ms/UserErrorMissingRequiredPermissions and retry the " +
          "operation. The identity of vault {vault} needs: az role assignment create --assignee-object-id " +
          '{guid} --assignee-principal-type ServicePrincipal --role "Disk Backup Reader" --scope "{disk}"; ' +
          "az role assignment create --assignee-object-id {guid} --assignee-principal-type " +
          'ServicePrincipal --role "Disk Snapshot Contributor" --scope "{snapshots}" (correlation id {id})',
        [...lookForNew, ...validationFailed("UserErrorMissingRequiredPermissions")],
      ),
    },
  },
  {
    situation: "the vault's identity lacks its roles until they count",
    place: { isGranted: false },
    given: (site) => site.after(/operationStatus/, () => void site.grant()),
    reactions: {
      create: green([
        ...lookForNew,
        ...validationFailed("UserErrorMissingRequiredPermissions"),
        ...validated,
        ...put,
        seenProtected,
      ]),
    },
  },
  {
    situation: "the vault has no identity",
    place: { hasIdentity: false },
    reactions: {
      previewOfCreate: plan("create", [
        ...lookForNew,
        ...validationFailed("UserErrorMissingRequiredPermissions"),
      ]),
      create: redAbsent(
        "creating backup instance {instance}: UserErrorMissingRequiredPermissions: Appropriate " +
          "permissions to perform the operation is missing. Validate for Protection failed. Exception " +
          "Message: The client '{guid}' with object id '{guid}' does not have authorization to perform " +
          "action 'Microsoft.Authorization/roleAssignments/read' over scope " +
          "'{disk}/providers/Microsoft.Authorization' or the scope is invalid. If access was recently " +
          "granted, please refresh your credentials. Grant appropriate permissions to perform this " +
          "operation as mentioned at https://aka.ms/UserErrorMissingRequiredPermissions and retry the " +
          "operation. Vault {vault} has no identity that could be given roles: give it one (`az " +
          "dataprotection backup-vault update --type SystemAssigned`), and then its roles. (correlation id " +
          "{id})",
        [...lookForNew, ...validationFailed("UserErrorMissingRequiredPermissions")],
      ),
    },
  },
  {
    situation: "the vault does not exist",
    given: async (site) => site.estate.delete(site.vaultId, "2025-07-01"),
    reactions: {
      previewOfCreate: plan("create", [
        "GET backupInstances 404 ParentResourceNotFound",
        "GET backupInstances/* 404 ParentResourceNotFound",
        "POST validateForBackup 404 ParentResourceNotFound",
      ]),
      create: redAbsent(
        "creating backup instance {instance}: ParentResourceNotFound: Failed to perform 'action' on " +
          "resource(s) of type 'backupVaults/validateForBackup', because the parent resource '{vault}' " +
          "could not be found. Vault {vault} is not there: create it first, or correct vaultId. " +
          "(correlation id {id})",
        [
          "GET backupInstances 404 ParentResourceNotFound",
          "GET backupInstances/* 404 ParentResourceNotFound",
          "POST validateForBackup 404 ParentResourceNotFound",
          lookForProtector,
          "GET deletedBackupInstances 404 ParentResourceNotFound",
        ],
      ),
    },
  },
  {
    situation: "the policy does not exist",
    declares: (site) => site.diskBackup({ policyId: site.policyId("none") }),
    declaredBefore: (site) => site.diskBackup(),
    given: protectedDisk,
    reactions: {
      update: redAsBefore(
        "updating backup instance {instance}: UserErrorGenericResourceNotFound: The backup policy " +
          "{vault}/backupPolicies/none does not exist in the Backup vault {vault}. Provide a policy of the " +
          "same Backup vault. Check that policy {vault}/backupPolicies/none exists in vault {vault}. " +
          "(correlation id {id})",
        [
          look,
          "POST backupInstances/*/validateForModifyBackup 202",
          "GET operationStatus 200 Failed UserErrorGenericResourceNotFound",
        ],
      ),
    },
  },
  {
    situation: "the policy does not exist, and nothing is protected yet",
    declares: (site) => site.diskBackup({ policyId: site.policyId("none") }),
    reactions: {
      previewOfCreate: plan("create", [
        ...lookForNew,
        ...validationFailed("UserErrorGenericResourceNotFound"),
      ]),
      create: redAbsent(
        "creating backup instance {instance}: UserErrorGenericResourceNotFound: The backup policy " +
          "{vault}/backupPolicies/none does not exist in the Backup vault {vault}. Provide a policy of the " +
          "same Backup vault. Check that policy {vault}/backupPolicies/none exists in vault {vault}. " +
          "(correlation id {id})",
        [...lookForNew, ...validationFailed("UserErrorGenericResourceNotFound"), ...lookedAround],
      ),
    },
  },
  {
    situation: "the disk does not exist",
    given: async (site) => site.estate.delete(site.diskId, "2024-03-02"),
    reactions: {
      previewOfCreate: plan("create", [...lookForNew, ...validationFailed("UserErrorManagedDiskNotFound")]),
      create: redAbsent(
        "creating backup instance {instance}: UserErrorManagedDiskNotFound: The managed disk {disk} was " +
          "not found. Provide a disk that exists. (correlation id {id})",
        [...lookForNew, ...validationFailed("UserErrorManagedDiskNotFound"), ...lookedAround],
      ),
    },
  },
  {
    situation: "the snapshot resource group does not exist",
    declares: (site) => ({
      ...site.diskBackup(),
      datasource: {
        kind: "disk",
        diskId: site.diskId,
        snapshotResourceGroupId: `${site.snapshotsId}-none`,
        location: "westeurope",
      },
    }),
    reactions: {
      create: redAbsent(
        "creating backup instance {instance}: UserErrorSnapshotRGNotFound: The snapshot resource group " +
          "{snapshots}-none was not found. Provide a resource group that exists. (correlation id {id})",
        [...lookForNew, ...validationFailed("UserErrorSnapshotRGNotFound"), ...lookedAround],
      ),
    },
  },
  {
    situation: "a container does not exist",
    declares: (site) => site.blobBackup(["invoices", "receipts"]),
    reactions: {
      create: redAbsent(
        "creating backup instance {blobInstance}: UserErrorIncorrectContainersSelectedForOperation: The " +
          "list of containers is not valid; missing in the storage account: receipts. Select containers " +
          "that exist, each once. (correlation id {id})",
        [
          ...lookForNew,
          ...validationFailed("UserErrorIncorrectContainersSelectedForOperation"),
          ...lookedAround,
        ],
      ),
    },
  },
  {
    situation: "those who deploy may not",
    given: ({ control, vaultId }) =>
      void control.injectFault({
        match: { method: "POST", path: new RegExp(`${vaultId}/validateForBackup`) },
        fault: {
          status: 403,
          body: {
            error: {
              code: "AuthorizationFailed",
              message:
                "The client does not have authorization to perform action " +
                "'Microsoft.DataProtection/backupVaults/validateForBackup/action'.",
            },
          },
        },
      }),
    reactions: {
      create: redAbsent(
        "creating backup instance {instance}: AuthorizationFailed: The client does not have authorization " +
          "to perform action 'Microsoft.DataProtection/backupVaults/validateForBackup/action'. This is about " +
          'the identity that deploys, not about the vault\'s: give it the role "Backup Contributor" on {group} with `az role ' +
          'assignment create --assignee-object-id <its object id> --role "Backup Contributor" --scope "{group}"`, and run ' +
          "this again once that counts. (correlation id {id})",
        [...lookForNew, "POST validateForBackup 403 AuthorizationFailed (status 403)"],
      ),
    },
  },
];
