import { unknownValue } from "../../provider/inputs";
import { plan, redAbsent } from "./reactions";
import type { Scenario } from "./scenario";

/** What is known to be wrong, or not known at all, before anything is asked. */
export const inputScenarios: Scenario[] = [
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
];
