/** A role as Azure defines it. */
export interface BuiltInRole {
  guid: string;
  roleName: string;
  description: string;
  /** `*` stands for any text. */
  actions: readonly string[];
  /** What the role does not give although `actions` say so. */
  notActions?: readonly string[];
}

const readsVaults = [
  "Microsoft.Authorization/*/read",
  "Microsoft.Resources/deployments/*",
  "Microsoft.Resources/subscriptions/resourceGroups/read",
  "Microsoft.Storage/storageAccounts/read",
  "Microsoft.DataProtection/backupVaults/read",
  "Microsoft.DataProtection/backupVaults/backupInstances/read",
  "Microsoft.DataProtection/backupVaults/deletedBackupInstances/read",
  "Microsoft.DataProtection/backupVaults/backupPolicies/read",
  "Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints/read",
  "Microsoft.DataProtection/backupVaults/operationResults/read",
  "Microsoft.DataProtection/backupVaults/operationStatus/read",
  "Microsoft.DataProtection/locations/operationResults/read",
  "Microsoft.DataProtection/locations/operationStatus/read",
  "Microsoft.DataProtection/operations/read",
];

const runsBackups = [
  "Microsoft.DataProtection/backupVaults/validateForBackup/action",
  "Microsoft.DataProtection/backupVaults/backupInstances/backup/action",
  "Microsoft.DataProtection/backupVaults/backupInstances/validateRestore/action",
  "Microsoft.DataProtection/backupVaults/backupInstances/restore/action",
  "Microsoft.DataProtection/backupVaults/backupInstances/findRestorableTimeRanges/action",
  "Microsoft.DataProtection/locations/checkFeatureSupport/action",
];

/**
 * The built-in roles that a vault's identity needs (facts section 5), those for backup as far as they name what is here
 * (MicrosoftDocs/azure-docs, built-in-roles/storage.md, 2024-04-25), and the general ones. The roles for backup name no action that
 * stops, suspends, resumes or syncs protection, and none that reads disks.
 */
export const builtInRoles = {
  diskBackupReader: {
    guid: "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
    roleName: "Disk Backup Reader",
    description: "Provides permission to backup vault to perform disk backup.",
    actions: [
      "Microsoft.Authorization/*/read",
      "Microsoft.Compute/disks/read",
      "Microsoft.Compute/disks/beginGetAccess/action",
    ],
  },
  diskSnapshotContributor: {
    guid: "7efff54f-a5b4-42b5-a1c5-5411624893ce",
    roleName: "Disk Snapshot Contributor",
    description: "Provides permission to backup vault to manage disk snapshots.",
    actions: ["Microsoft.Authorization/*/read", "Microsoft.Compute/snapshots/*"],
  },
  diskRestoreOperator: {
    guid: "b50d9833-a0cb-478e-945f-707fcc997c13",
    roleName: "Disk Restore Operator",
    description: "Provides permission to backup vault to perform disk restore.",
    actions: [
      "Microsoft.Authorization/*/read",
      "Microsoft.Compute/disks/write",
      "Microsoft.Compute/disks/read",
    ],
  },
  storageAccountBackupContributor: {
    guid: "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1",
    roleName: "Storage Account Backup Contributor",
    description: "Lets you perform backup and restore operations using Azure Backup on the storage account.",
    actions: [
      "Microsoft.Authorization/*/read",
      "Microsoft.Authorization/locks/*",
      "Microsoft.Storage/storageAccounts/*",
    ],
  },
  backupContributor: {
    guid: "5e467623-bb1f-42f4-a55d-6e525e11384b",
    roleName: "Backup Contributor",
    description: "Lets you manage backups, but can't delete vaults and give access to others",
    actions: [
      ...readsVaults,
      ...runsBackups,
      "Microsoft.DataProtection/backupVaults/write",
      "Microsoft.DataProtection/backupVaults/backupInstances/write",
      "Microsoft.DataProtection/backupVaults/backupInstances/delete",
      "Microsoft.DataProtection/backupVaults/deletedBackupInstances/undelete/action",
      "Microsoft.DataProtection/backupVaults/backupPolicies/write",
      "Microsoft.DataProtection/backupVaults/backupPolicies/delete",
      "Microsoft.DataProtection/locations/checkNameAvailability/action",
    ],
  },
  backupOperator: {
    guid: "00c29273-979b-4161-815c-10b084fb9324",
    roleName: "Backup Operator",
    description:
      "Lets you manage backup services, except removal of backup, vault creation and giving access to others",
    actions: [...readsVaults, ...runsBackups],
  },
  userAccessAdministrator: {
    guid: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    roleName: "User Access Administrator",
    description: "Lets you manage user access to Azure resources.",
    actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"],
  },
  reader: {
    guid: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    roleName: "Reader",
    description: "View all resources, but does not allow you to make any changes.",
    actions: ["*/read"],
  },
  contributor: {
    guid: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    roleName: "Contributor",
    description: "Grants full access to manage all resources, but does not allow you to assign roles.",
    actions: ["*"],
    notActions: [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
    ],
  },
  owner: {
    guid: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    roleName: "Owner",
    description: "Grants full access to manage all resources, including the ability to assign roles.",
    actions: ["*"],
  },
} as const satisfies Record<string, BuiltInRole>;

const all: readonly BuiltInRole[] = Object.values(builtInRoles);

/** The role of this guid, if it is known here. */
export function roleOfGuid(guid: string): BuiltInRole | undefined {
  return all.find((role) => role.guid === guid.toLowerCase());
}

/** The role of this name, if it is known here. */
export function roleOfName(name: string): BuiltInRole | undefined {
  return all.find(({ roleName }) => roleName.toLowerCase() === name.toLowerCase());
}

export function allRoles(): readonly BuiltInRole[] {
  return all;
}

/** Whether a role gives an action; names compare without regard to case. */
export function gives({ actions, notActions = [] }: BuiltInRole, action: string): boolean {
  const isAmong = (patterns: readonly string[]): boolean => patterns.some((pattern) => fits(pattern, action));
  return isAmong(actions) && !isAmong(notActions);
}

function fits(pattern: string, action: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.]/g, "\\."));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(action);
}
