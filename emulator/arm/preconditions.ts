import type { Call } from "../message";
import { ArmError } from "./errors";
import { textProperty } from "./requestBody";

const writes = new Set(["PUT", "PATCH", "DELETE"]);

/**
 * Refuses a write whose `If-Match` or `If-None-Match` does not hold, as RFC 9110 has it. Containers have an ETag, which is
 * compared; vaults, policies, instances and disks were never seen with one, so for these `*` is all that can match.
 *
 * @param read - What a GET of the same path answers with, undefined where there is nothing.
 */
export function checkPreconditions({ method, headers, path }: Call, read: () => unknown): void {
  const [ifMatch, ifNoneMatch] = [headers["if-match"], headers["if-none-match"]];
  if (!writes.has(method) || (ifMatch === undefined && ifNoneMatch === undefined)) {
    return;
  }
  const current = read();
  if (ifMatch !== undefined && !isAmong(ifMatch, current)) {
    throw preconditionFailed(`'${path}' is not there, or not as the header If-Match '${ifMatch}' wants it.`);
  }
  if (ifNoneMatch !== undefined && isAmong(ifNoneMatch, current)) {
    throw preconditionFailed(`'${path}' is there, which the header If-None-Match '${ifNoneMatch}' excludes.`);
  }
}

function isAmong(condition: string, current: unknown): boolean {
  if (current === undefined) {
    return false;
  }
  const tags = condition.split(",").map((tag) => tag.trim());
  return tags.includes("*") || tags.includes(textProperty(current, "etag") ?? "");
}

function preconditionFailed(message: string): ArmError {
  return new ArmError(412, "PreconditionFailed", message);
}
