import { createHash } from "node:crypto";
import { shown } from "./invalidPolicy";
import type { Policy } from "./policyDocument";

const longestInVault = 150;
const hashLength = 8;
const longestName = longestInVault - hashLength - 1;

/**
 * The name of a policy in its vault: the given one and a hash of what the policy says. The service never changes a policy
 * that exists (400 `UserErrorBMSUpdatePolicyNotSupported`), and deletes none that instances are bound to. With a name
 * that changes with the content, Pulumi creates the changed policy beside the old one, the instances are rebound in
 * place, and then the old one goes. The same content has the same name in every run, so that a run that was interrupted
 * is finished by the next.
 *
 * @example
 * ```ts
 * policyNameOf("nightly", policy); // "nightly-1f0a93c2"
 * ```
 */
export function policyNameOf(name: string, { properties }: Policy): string {
  const hash = createHash("sha256").update(JSON.stringify(properties)).digest("hex").slice(0, hashLength);
  return `${name}-${hash}`;
}

/** What keeps a name from being given to {@link policyNameOf}: the service takes letters, digits and hyphens, up to 150. */
export function policyNameProblem(name: string): string | undefined {
  return new RegExp(`^[-a-zA-Z0-9]{1,${longestName}}$`).test(name)
    ? undefined
    : `${shown(name)} is no name of a policy; give 1 to ${longestName} letters, digits and hyphens (a hash of the policy is added)`;
}
