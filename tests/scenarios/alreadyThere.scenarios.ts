import { deleted, goneFromState, green, plan, redAbsent, refusedFromPreviewOn, shows } from "./reactions";
import {
  changeValidated,
  changed,
  deletion,
  look,
  lookForProtector,
  goneForGood,
  put,
  notRecoverable,
  seenProtected,
  validated,
  validationRefused,
  lookForNew,
} from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import {
  protectDisk,
  protectedByOthers,
  protectedDisk,
  protectedElsewhere,
  protectedThen,
} from "./situations";

async function otherDiskUnderThatName(site: Site): Promise<void> {
  await protectDisk(site, undefined, { diskId: await site.putOtherDisk(), name: "chosen" });
}

async function protectedElsewhereUnreadably(site: Site): Promise<void> {
  await protectedElsewhere(site);
  const path = new RegExp(`${site.diskId}/providers/Microsoft.DataProtection/backupInstances`);
  site.control.injectFault({ match: { method: "GET", path }, fault: { status: 403 } });
}

/** What a create finds already there, and what moved, was renamed or went away behind the stack's back. */
export const alreadyThereScenarios: Scenario[] = [
  {
    situation: "nothing is there, and the roles count",
    reactions: {
      previewOfCreate: plan("create", [...lookForNew, ...validated]),
      create: green([...lookForNew, ...validated, ...put, seenProtected]),
    },
  },
  {
    situation: "the resource has another name in the program",
    given: protectedDisk,
    reactions: {
      rename: green(
        [look],
        "left {instance} alone: another resource of this stack protects its datasource with it",
      ),
    },
  },
  {
    situation: "the resource has another name in the program, and a policy that cannot serve the disk",
    given: protectedDisk,
    declares: (site) => site.diskBackup({ policyId: site.policyId("blob-operational") }),
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      rename: redAbsent(
        "creating backup instance {instance}: UserErrorInvalidParameterInRequest: The backup policy blob-operational is for " +
          "Microsoft.Storage/storageAccounts/blobServices, not for Microsoft.Compute/disks. Provide a policy for the type of " +
          "the datasource. (correlation id {id})",
        [
          look,
          "POST backupInstances/*/validateForModifyBackup 202",
          "GET operationStatus 200 Failed UserErrorInvalidParameterInRequest",
        ],
        "left {instance} alone: another resource of this stack protects its datasource with it",
      ),
    },
  },
  {
    situation: "ids are spelt in capitals in the program",
    given: protectedDisk,
    declares: (site) =>
      site.diskBackup({ vaultId: site.vaultId.toUpperCase(), policyId: site.policyId("disk").toUpperCase() }),
    declaredBefore: (site) => site.diskBackup(),
    reactions: { preview: plan("same", [look]), create: green([look]) },
  },
  {
    situation: "another tool protects the disk with the instance that is declared",
    given: protectedByOthers,
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look, ...changed, seenProtected]),
      update: plan("same", [look]),
      delete: deleted([look, ...deletion, ...goneForGood]),
    },
  },
  {
    situation: "the instance has another policy than is declared",
    given: protectedDisk,
    declares: (site) => site.diskBackup({ policyId: site.policyId("disk-four-hourly") }),
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      previewOfCreate: plan("create", [look, ...changeValidated]),
      create: green([look, ...changed, seenProtected]),
      preview: plan("update", [look]),
      update: green([look, ...changed, seenProtected]),
    },
  },
  {
    situation: "the policy was changed at the portal",
    given: protectedThen((site) =>
      site.control.setInstance(site.instanceId, { policyId: site.policyId("disk-four-hourly") }),
    ),
    reactions: {
      preview: plan(
        "update",
        [look],
        "warning: policy, containers, identity or friendly name were changed outside of this stack: this update " +
          "changes them back",
      ),
      refresh: shows("ProtectionConfigured", [look]),
      update: green(
        [look, ...changed, seenProtected],
        "warning: policy, containers, identity or friendly name were changed outside of this stack: this update " +
          "changes them back",
      ),
    },
  },
  {
    situation: "the instance belongs to another stack",
    given: async (site) => protectDisk(site, { "pulumi-stack": "shop/prod" }),
    reactions: {
      previewOfCreate: redAbsent(
        "takeOverFrom: backup instance {instance} belongs to stack shop/prod, and one instance cannot belong to " +
          'two stacks; move the resource with `pulumi state move`, or declare takeOverFrom: "shop/prod" here ' +
          "and remove it there afterwards (correlation id {id})",
        [look],
      ),
      create: redAbsent(
        "backup instance {instance} belongs to stack shop/prod, and one instance cannot belong to two " +
          'stacks; move the resource with `pulumi state move`, or declare takeOverFrom: "shop/prod" here and ' +
          "remove it there afterwards (correlation id {id})",
        [look],
      ),
      delete: deleted([look], "left {instance} alone: it belongs to stack shop/prod"),
    },
  },
  {
    situation: "the instance belongs to another stack, from which it is taken over",
    given: async (site) => protectDisk(site, { "pulumi-stack": "shop/prod" }),
    declares: (site) => site.diskBackup({ takeOverFrom: "shop/prod" }),
    reactions: { previewOfCreate: plan("create", [look]), create: green([look, ...changed, seenProtected]) },
  },
  {
    situation: "an instance of the declared name protects another disk",
    given: otherDiskUnderThatName,
    declares: (site) => site.diskBackup({ name: "chosen" }),
    reactions: refusedFromPreviewOn(
      "name",
      "backup instance {vault}/backupInstances/chosen exists and protects {disk}-other, not {disk}; give " +
        "another name, or delete that instance (correlation id {id})",
      [look],
    ),
  },
  {
    situation: "another instance of the vault protects the disk",
    given: async (site) => protectDisk(site, undefined, { name: "by-hand" }),
    reactions: refusedFromPreviewOn(
      "name",
      "creating backup instance {instance}: {vault}/backupInstances/by-hand protects {disk}, and a datasource can be " +
        'protected once only; declare name: "by-hand" to take it over, or delete that instance (correlation id {id})',
      lookForNew,
    ),
  },
  {
    situation: "another instance of the vault protects the disk, and its name is declared",
    given: async (site) => protectDisk(site, undefined, { name: "by-hand" }),
    declares: (site) => site.diskBackup({ name: "by-hand" }),
    reactions: {
      previewOfCreate: plan("create", [look]),
      create: green([look, ...changed, seenProtected]),
    },
  },
  {
    situation: "another vault protects the disk",
    given: protectedElsewhere,
    reactions: refusedFromPreviewOn(
      "datasource",
      "creating backup instance {instance}: UserErrorDppDatasourceAlreadyProtected: Datasource is already protected under " +
        "the Backup vault {otherVault}. Delete the backup instance disk-{n} from the Backup vault {otherVault} to " +
        "re-protect the datasource in any other vault. A datasource can be protected once only, and backup instance " +
        "{otherVault}/backupInstances/{instanceName} protects this one: bring that under Pulumi with `npx " +
        "pulumi-azure-dataprotection import --vault-id {otherVault} --instance {instanceName}`, or end it with `az " +
        "dataprotection backup-instance delete --ids {otherVault}/backupInstances/{instanceName}`. (correlation id {id})",
      [...lookForNew, validationRefused("UserErrorDppDatasourceAlreadyProtected"), lookForProtector],
    ),
  },
  {
    situation: "another vault protects the disk, with an instance that may not be read",
    given: protectedElsewhereUnreadably,
    reactions: {
      create: redAbsent(
        "creating backup instance {instance}: UserErrorDppDatasourceAlreadyProtected: Datasource is already protected under " +
          "the Backup vault {otherVault}. Delete the backup instance disk-{n} from the Backup vault {otherVault} to " +
          "re-protect the datasource in any other vault. A datasource can be protected once only: delete the other backup " +
          "instance, or bring it under Pulumi with `npx pulumi-azure-dataprotection import --vault-id {otherVault}`. " +
          "(correlation id {id})",
        [
          ...lookForNew,
          validationRefused("UserErrorDppDatasourceAlreadyProtected"),
          "GET backupInstances of the datasource 403 Forbidden (status 403)",
        ],
      ),
    },
  },
  {
    situation: "the instance is gone",
    reactions: {
      preview: plan(
        "update",
        lookForNew,
        "warning: the backup instance is gone: this update creates it again, or has it back if it is " +
          "soft-deleted",
      ),
      refresh: goneFromState(lookForNew),
      update: green(
        [...lookForNew, ...validated, ...put, seenProtected],
        "warning: the backup instance is gone: this update creates it again, or has it back if it is " +
          "soft-deleted",
      ),
      delete: deleted([...lookForNew, "DELETE backupInstances/* 204", notRecoverable]),
    },
  },
  {
    situation: "the vault is gone",
    given: async (site) => site.estate.delete(site.vaultId, "2025-07-01"),
    reactions: {
      refresh: goneFromState([
        "GET backupInstances 404 ParentResourceNotFound",
        "GET backupInstances/* 404 ParentResourceNotFound",
      ]),
      delete: deleted([
        "GET backupInstances 404 ParentResourceNotFound",
        "GET backupInstances/* 404 ParentResourceNotFound",
        "DELETE backupInstances/* 404 ParentResourceNotFound",
        "GET deletedBackupInstances/* 404 ParentResourceNotFound",
      ]),
    },
  },
];
