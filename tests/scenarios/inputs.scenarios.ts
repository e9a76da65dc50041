import { unknownValue } from "../../provider/lifecycle/unknownValues";
import { green, plan, redAbsent } from "./reactions";
import { lookAtVault, put, seenProtected, validated, lookForNew } from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";

const plain = (site: Site): object => site.diskBackup();
const recovering = (site: Site): object => site.diskBackup({ recoverSoftDeleted: true });

function refusedBeforeAnyRequest(message: string): Scenario["reactions"] {
  return { previewOfCreate: redAbsent(message, []), create: redAbsent(message, []) };
}

/** What is known to be wrong, or not known at all, before anything is asked. */
export const inputScenarios: Scenario[] = [
  {
    situation: "the stack has chosen what is no api-version",
    config: { "azure-dataprotection:apiVersion": "latest" },
    reactions: refusedBeforeAnyRequest(
      'the stack\'s configuration azure-dataprotection:apiVersion is "latest", which is no api-version; `pulumi config ' +
        "set azure-dataprotection:apiVersion 2025-07-01` sets one, `pulumi config rm azure-dataprotection:apiVersion` " +
        "removes it",
    ),
  },
  {
    situation: "the policy is not known yet",
    declares: (site) => site.diskBackup({ policyId: unknownValue }),
    reactions: { previewOfCreate: plan("create", []) },
  },
  {
    situation: "validateOnPreview is false",
    declares: (site) => site.diskBackup({ validateOnPreview: false }),
    reactions: { previewOfCreate: plan("create", []) },
  },
  {
    situation: "the policy is of another vault",
    declares: (site) => site.diskBackup({ policyId: `${site.otherVaultId}/backupPolicies/disk` }),
    reactions: {
      previewOfCreate: redAbsent(
        'policyId: "{otherVault}/backupPolicies/disk" is a policy of another vault than "{vault}"; give ' +
          "a policy of this vault",
        [],
      ),
    },
  },
  {
    situation: "the snapshot resource group is in another subscription than the disk",
    declares: (site) => ({
      ...site.diskBackup(),
      datasource: {
        kind: "disk",
        diskId: site.diskId,
        snapshotResourceGroupId:
          "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/snapshots",
      },
    }),
    reactions: {
      previewOfCreate: redAbsent(
        "datasource.snapshotResourceGroupId: the snapshot resource group is in subscription {guid}, the " +
          "disk in {guid}; Azure Backup keeps snapshots in the disk's subscription: give a resource group " +
          "there",
        [],
      ),
    },
  },
  {
    situation: "the list of containers is empty",
    declares: (site) => site.blobBackup([]),
    reactions: {
      previewOfCreate: redAbsent(
        "datasource.containers: the list is empty; name at least one container for vaulted backup, or " +
          "leave the property out for operational backup of the whole account",
        [],
      ),
    },
  },
  {
    situation: "a container is named twice",
    declares: (site) => site.blobBackup(["invoices", "invoices"]),
    reactions: {
      previewOfCreate: redAbsent('datasource.containers[1]: "invoices" is in the list twice; remove one', []),
    },
  },
  {
    situation: "a timeout is no duration",
    declares: (site) => site.diskBackup({ timeouts: { create: "soon" } }),
    reactions: {
      previewOfCreate: redAbsent(
        'timeouts.create: "soon" is no duration; give one as in "45m", "90s" or "1h30m"',
        [],
      ),
    },
  },
  {
    situation: 'operational backup of blobs with onDelete: "stopProtection"',
    declares: (site) => site.blobBackup(undefined, { onDelete: "stopProtection" }),
    reactions: {
      previewOfCreate: redAbsent(
        'onDelete: operational backup of blobs cannot be stopped; give "delete" or "retain"',
        [],
      ),
    },
  },
  {
    situation: "onDelete is misspelt",
    declares: (site) => site.diskBackup({ onDelete: "keep" }),
    reactions: {
      previewOfCreate: redAbsent(
        'onDelete: "keep" is none of "delete", "stopProtection", "suspendBackups", "retain"',
        [],
      ),
    },
  },
  {
    situation: "recoverSoftDeleted is true, and the vault has soft delete off",
    declares: recovering,
    declaredBefore: plain,
    reactions: {
      previewOfCreate: plan(
        "create",
        [lookAtVault, ...lookForNew, ...validated],
        "warning: recoverSoftDeleted: vault {vault} has soft delete off, so deleted instances are gone for good. Turn soft " +
          "delete on for the vault, or leave this out (correlation id {id})",
      ),
      create: redAbsent(
        "recoverSoftDeleted: vault {vault} has soft delete off, so deleted instances are gone for good. Turn soft delete on " +
          "for the vault, or leave this out (correlation id {id})",
        [lookAtVault],
      ),
    },
  },
  {
    situation: "recoverSoftDeleted is true, and the vault has soft delete on",
    place: { softDelete: "On" },
    declares: recovering,
    declaredBefore: plain,
    reactions: { create: green([lookAtVault, ...lookForNew, ...validated, ...put, seenProtected]) },
  },
  {
    situation:
      "recoverSoftDeleted is true, and the vault has soft delete off, which the api-version does not heed",
    declares: recovering,
    declaredBefore: plain,
    config: { "azure-dataprotection:apiVersion": "2025-09-01" },
    reactions: { create: green([lookAtVault, ...lookForNew, ...validated, ...put, seenProtected]) },
  },
  {
    situation: "recoverSoftDeleted is true, and the vault does not exist",
    given: async (site) => site.estate.delete(site.vaultId, "2025-07-01"),
    declares: recovering,
    declaredBefore: plain,
    reactions: {
      previewOfCreate: plan("create", [
        "GET the vault 404 ResourceNotFound",
        "GET backupInstances 404 ParentResourceNotFound",
        "GET backupInstances/* 404 ParentResourceNotFound",
        "POST validateForBackup 404 ParentResourceNotFound",
      ]),
    },
  },
];
