/** Something that is wrong with an argument: the property's path and what would be right. */
export interface ArgumentProblem {
  property: string;
  reason: string;
}

/** Properties that are none: a misspelt one would otherwise be a setting that is silently not there. */
export function unknownProperties(what: string, known: readonly string[], args: object): ArgumentProblem[] {
  return Object.keys(args)
    .filter((property) => !known.includes(property))
    .map((property) => ({ property, reason: `${what} has no such property; it has ${known.join(", ")}` }));
}

/**
 * Fails a declaration before the engine hears of it, with all that is wrong.
 *
 * @param what - What is declared, as in `BackupVault "backups"`.
 */
export function refuseProblems(what: string, problems: ArgumentProblem[]): void {
  if (problems.length > 0) {
    const list = problems.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
    throw new Error(`declaring ${what}: ${list}`);
  }
}
