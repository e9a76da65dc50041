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
];

/** Whether a problem is one of the documented exceptions. */
export function isKnownDifference(operationId: string, problem: string): boolean {
  return knownDifferences.some((known) => known.operation.test(operationId) && known.problem.test(problem));
}
