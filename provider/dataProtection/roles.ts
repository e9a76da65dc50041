/** A built-in role of Azure that a vault needs in order to protect a datasource. */
export interface BackupRole {
  name: string;
  /** The id of the role's definition, the same in every tenant. */
  roleDefinitionGuid: string;
}

/** Built-in roles and their ids: the first two were seen in real role assignments, all stand in Azure's role list. */
export const diskBackupReader: BackupRole = {
  name: "Disk Backup Reader",
  roleDefinitionGuid: "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
};

export const diskSnapshotContributor: BackupRole = {
  name: "Disk Snapshot Contributor",
  roleDefinitionGuid: "7efff54f-a5b4-42b5-a1c5-5411624893ce",
};

export const diskRestoreOperator: BackupRole = {
  name: "Disk Restore Operator",
  roleDefinitionGuid: "b50d9833-a0cb-478e-945f-707fcc997c13",
};

export const storageAccountBackupContributor: BackupRole = {
  name: "Storage Account Backup Contributor",
  roleDefinitionGuid: "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1",
};
