import type { Seen } from "../dataProtection/seen";
import type { WireBackupInstance } from "../dataProtection/wire";
import { DeclarationRefusedError } from "./refusal";

/** What a declaration says of the stack that it belongs to. */
interface Claim {
  /** This stack, as `project/stack`. */
  claimedBy?: string;
  /** The stack that it takes over from. */
  takeOverFrom?: string;
}

/** What carries tags in Azure. */
type Tagged = Pick<WireBackupInstance, "tags">;

/** The tag by which an instance, a vault or a resource group tells which stack it belongs to. */
const claimTag = "pulumi-stack";

/** Project and stack of a resource, from its URN: `urn:pulumi:<stack>::<project>::<type>::<name>`. */
export function claimOf(resourceUrn: string): string | undefined {
  const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(resourceUrn) ?? [];
  return stack === undefined ? undefined : `${project}/${stack}`;
}

/** The tag of all that a stack owns. */
export function tagOfClaim(claimedBy: string): { name: string; value: string } {
  return { name: claimTag, value: claimedBy };
}

/** The tags of something that this stack owns: those that it has, and the claim. */
export function claimedTags(
  existing: Tagged | undefined,
  { claimedBy }: Claim,
): Record<string, string> | undefined {
  return claimedBy === undefined ? existing?.tags : { ...existing?.tags, [claimTag]: claimedBy };
}

/**
 * The stack that an instance belongs to instead of this one; `undefined` when it is this one's to change.
 *
 * @param claimedBefore - For which stack state holds it: another one when it was moved here from there.
 */
export function otherOwnerOf(
  live: WireBackupInstance,
  { claimedBy, takeOverFrom }: Claim,
  claimedBefore?: string,
): string | undefined {
  const owner = ownerOf(live);
  const isOurs = [undefined, claimedBy, takeOverFrom, claimedBefore].includes(owner);
  return claimedBy === undefined || isOurs ? undefined : owner;
}

/**
 * The claim that state is to hold: the one that the tag carries. A stack's own former name stays in state until the tag says
 * the new one, since whoever is to delete the instance later compares the two.
 *
 * @param live - As it was seen last; `undefined` when it was not seen.
 * @param before - What state holds, if it holds the instance.
 */
export function heldClaim(
  live: Tagged | undefined,
  { claimedBy }: Claim,
  before?: Claim,
): string | undefined {
  const isStillFormer = live === undefined || ownerOf(live) === before?.claimedBy;
  return isStillFormer ? (before?.claimedBy ?? claimedBy) : claimedBy;
}

/**
 * Refuses an instance that another stack owns: two stacks would both show it as theirs, and the first one to delete it
 * would end the protection for both.
 *
 * @param before - What state holds, if it holds the instance.
 * @throws {@link DeclarationRefusedError}
 */
export function refuseForeignClaim(
  existing: Seen<WireBackupInstance>,
  declared: Claim,
  before?: Claim,
): void {
  const owner = otherOwnerOf(existing, declared, before?.claimedBy);
  if (owner !== undefined) {
    const remedy = before === undefined ? `move the resource with \`pulumi state move\`` : takingOut;
    throw new DeclarationRefusedError(
      "takeOverFrom",
      `backup instance ${existing.id} belongs to stack ${owner}, and one instance cannot belong to two stacks; ${remedy}, or ` +
        `declare takeOverFrom: "${owner}" here and remove it there afterwards`,
      existing.correlationId,
    );
  }
}

/** What to do about a resource whose instance another stack has taken over. */
export const takingOut = "take the resource out of this program, which leaves the instance alone";

/** The stack that something in Azure belongs to, as `project/stack`; `undefined` when no stack has claimed it. */
export function ownerOf(live: Tagged): string | undefined {
  return live.tags?.[claimTag];
}
