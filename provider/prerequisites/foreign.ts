import type { InputProblem } from "../dataProtection/inputProblem";
import { ownerOf } from "../lifecycle/claim";
import type { PrerequisiteInputs } from "./inputs";
import { kinds } from "./kinds";
import type { WireResource } from "./wireResource";

/**
 * What somebody else made is not taken over, nor changed: two stacks would both show it as theirs, and the first to go delete
 * it.
 *
 * @param before - What state holds, when the resource is not new.
 */
export function foreignProblems(
  live: WireResource,
  { sort, resourceId, claimedBy }: PrerequisiteInputs,
  before: PrerequisiteInputs | undefined,
): InputProblem[] {
  const { hasTags, what } = kinds[sort];
  const owner = ownerOf(live);
  const isOurs =
    before === undefined
      ? owner !== undefined && owner === claimedBy
      : [undefined, claimedBy, before.claimedBy].includes(owner);
  if (!hasTags || isOurs) {
    return [];
  }
  const whose = owner === undefined ? "no stack has made it" : `it belongs to stack ${owner}`;
  const reason = `there is a ${what} of this name, and ${whose}; give another name, or refer to ${resourceId} by its id instead of declaring it`;
  return [{ property: "resourceId", reason }];
}
