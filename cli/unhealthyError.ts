/** What was looked at is not well, told in one line: the command itself has done what it was asked. */
export class UnhealthyError extends Error {
  override readonly name = "UnhealthyError";
}
