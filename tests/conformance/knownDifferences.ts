/** Where the service and the document differ, and the service is right. */
interface KnownDifference {
  readonly operation: RegExp;
  readonly problem: RegExp;
  /** What the service does, and where that was seen. */
  readonly reason: string;
}

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
];

/** Whether a problem is one of the documented exceptions. */
export function isKnownDifference(operationId: string, problem: string): boolean {
  return knownDifferences.some((known) => known.operation.test(operationId) && known.problem.test(problem));
}
