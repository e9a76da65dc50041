import { TracedError } from "./azure/tracing";
import type { Seen } from "./dataProtection/seen";
import type { WireBackupInstance } from "./dataProtection/wire";
import type { CheckedInputs } from "./inputs";

/** The tag by which an instance tells which stack it belongs to. */
const claimTag = "pulumi-stack";

/** Project and stack of a resource, from its URN: `urn:pulumi:<stack>::<project>::<type>::<name>`. */
export function claimOf(resourceUrn: string): string | undefined {
  const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(resourceUrn) ?? [];
  return stack === undefined ? undefined : `${project}/${stack}`;
}

/** The tags of an instance that this stack owns: those that it has, and the claim. */
export function claimedTags(
  existing: WireBackupInstance | undefined,
  { claimedBy }: CheckedInputs,
): Record<string, string> | undefined {
  return claimedBy === undefined ? existing?.tags : { ...existing?.tags, [claimTag]: claimedBy };
}

/**
 * Refuses an instance that another stack owns: two stacks would both show it as theirs, and the first one to delete it
 * would end the protection for both.
 */
export function refuseForeignClaim(existing: Seen<WireBackupInstance>, declared: CheckedInputs): void {
  const owner = ownerOf(existing);
  const mayOwn = [undefined, declared.claimedBy, declared.takeOverFrom];
  if (declared.claimedBy !== undefined && !mayOwn.includes(owner)) {
    throw new TracedError(
      `backup instance ${existing.id} belongs to stack ${owner}, and one instance cannot belong to two stacks; move the ` +
        `resource with \`pulumi state move\`, or declare takeOverFrom: "${owner}" here and remove it there afterwards`,
      existing.correlationId,
    );
  }
}

/** The stack that took an instance over from the one that had claimed it; `undefined` when none did. */
export function ownerSince(live: WireBackupInstance | undefined, claimedBy: string): string | undefined {
  const owner = live && ownerOf(live);
  return owner === claimedBy ? undefined : owner;
}

/** The stack that an instance belongs to, as `project/stack`; `undefined` when no stack has claimed it. */
export function ownerOf(live: WireBackupInstance): string | undefined {
  return live.tags?.[claimTag];
}
