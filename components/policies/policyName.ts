import { createHash } from "node:crypto";
import { invalidPolicy } from "./invalidPolicy";
import type { Policy } from "./policyDocument";

const longestName = 150;
const hashLength = 8;

/**
 * The name of a policy in its vault: the given one and a hash of what the policy says. The service never changes a policy
 * that exists (400 `UserErrorBMSUpdatePolicyNotSupported`), and deletes none that instances are bound to. With a name
 * that changes with the content, Pulumi creates the changed policy beside the old one, the instances are rebound in
 * place, and then the old one goes. The same content has the same name in every run, so that a run that was interrupted
 * is finished by the next.
 *
 * @param property - Path of the name, for messages.
 * @throws an `Error` for names that the service refuses: it takes letters, digits and hyphens, 3 to 150 of them.
 * @example
 * ```ts
 * policyNameOf("policies.nightly", "nightly", policy); // "nightly-1f0a93c2"
 * ```
 */
export function policyNameOf(property: string, name: string, { properties }: Policy): string {
  const longest = longestName - hashLength - 1;
  if (!new RegExp(`^[-a-zA-Z0-9]{1,${longest}}$`).test(name)) {
    throw invalidPolicy(
      property,
      `"${name}" is no name of a policy; give 1 to ${longest} letters, digits and hyphens (a hash of the policy is added)`,
    );
  }
  const hash = createHash("sha256").update(JSON.stringify(properties)).digest("hex").slice(0, hashLength);
  return `${name}-${hash}`;
}
