/** Where the service and the document differ, and the service is right. */
interface KnownDifference {
  readonly operation: RegExp;
  readonly problem: RegExp;
  /** What the service does, and where that was seen. */
  readonly reason: string;
}

/** What jobs and recovery points write as null where they do not have it. */
export const absentInJobsAndPoints: readonly string[] = [
  "backupInstanceState",
  "dataSourceSetName",
  "dataTransferredInBytes",
  "destinationDataStoreName",
  "endTime",
  "errorDetails",
  "expiryTime",
  "extendedInfo",
  "metaData",
  "nextLink",
  "policyVersion",
  "progressUrl",
  "recoveryDestination",
  "recoveryPointID",
  "recoveryPointState",
  "rehydrationExpiryTime",
  "rehydrationPriority",
  "rehydrationStatus",
  "restoreType",
  "sourceDataStoreName",
  "sourceRecoverPoint",
  "targetRecoverPoint",
  "taskProgress",
  "warningDetails",
];

const knownDifferences: readonly KnownDifference[] = [
  {
    operation: /./,
    problem: /^response: \/error(\/details\/\d+)*\/(target|details) is null, must be (string|array)$/,
    reason:
      "errors of the resource provider write absent parts as null (softdelete: 404 of undelete, 400 of resumeProtection)",
  },
  {
    operation: /^BackupPolicies_CreateOrUpdate$/,
    problem: /^request: .*\/taggingCriteria\/\d+\/tagInfo has 'id', which is not documented here$/,
    reason:
      "the document has the tag's id as read-only, and Microsoft's own templates send it " +
      "(the Azure CLI's backup_policy_create_and_delete, 2025-11)",
  },
  {
    operation: /^(Jobs|RecoveryPoints|FetchSecondaryRecoveryPoints)_(Get|List)$/,
    problem: new RegExp(`^response: .*/(${absentInJobsAndPoints.join("|")}) is null, must be \\w+$`),
    reason:
      "jobs and recovery points write what they do not have as null (job_list_and_show, recovery_point_show)",
  },
  {
    operation: /^Jobs_(Get|List)$/,
    problem: /^response: .* has '(isCrossRegionRestore|sourceDataStoreType)', which is not documented here$/,
    reason: "jobs show two properties more than the document has (job_list_and_show)",
  },
  {
    operation: /^BackupInstances_(CreateOrUpdate|Get|List)$/,
    problem: /^response: .*\/backupDatasourceParametersList\/\d+\/\w+ is null, must be array$/,
    reason:
      "parameters of Kubernetes clusters that a client sends as null come back as null (backup_and_restore_aks)",
  },
  {
    operation: /^DppResourceGuardProxy_Delete$/,
    problem: /^response: the status has no body$/,
    reason: "the answer is an empty object (resource_guard_mapping)",
  },
];

/** Whether a problem is one of the documented exceptions. */
export function isKnownDifference(operationId: string, problem: string): boolean {
  return knownDifferences.some((known) => known.operation.test(operationId) && known.problem.test(problem));
}
