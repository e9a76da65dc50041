import type { InputProblem } from "../dataProtection/inputProblem";
import { configured, memory } from "../host/operation";
import { claimOf } from "../lifecycle/claim";
import { forHost } from "../lifecycle/failures";
import { isUnknown } from "../lifecycle/unknownValues";
import { hasChanged, isOther, isOtherResource } from "./changes";
import type { DeclaredPrerequisite, PrerequisiteInputs } from "./inputs";
import type { Judgement } from "./judgement";
import { kinds } from "./kinds";
import { look } from "./look";
import { withKeptNames } from "./names";
import { isOtherRegion } from "./region";
import { takenBack } from "./weakening";

interface CheckResult {
  inputs: PrerequisiteInputs;
  failures: InputProblem[];
}

/**
 * Fills in the names that state holds, the stack's region and its claim, and what is known of the live resource. What people declare is judged by the
 * components; here, what it takes back of what was declared before, and of what Azure holds.
 */
export async function check(
  olds: Partial<PrerequisiteInputs>,
  news: DeclaredPrerequisite,
): Promise<CheckResult> {
  const before = isKept(olds) ? olds : undefined;
  // A default that only moved moves nothing: the region of what is there stays as it was decided once.
  const location = news.location ?? (before ? before.location : configured("azure-native:location"));
  const { hasLocation } = kinds[news.sort];
  const named = withKeptNames(olds, news);
  const inputs: PrerequisiteInputs = { ...named, ...(hasLocation && location ? { location } : {}) };
  const { resourceUrn } = news;
  if (resourceUrn !== undefined) {
    memory.rows.register(inputs.resourceId, resourceUrn);
    inputs.claimedBy = claimOf(resourceUrn);
  }
  if (memory.isFirstCreate(olds, resourceUrn) && !isUnknown(inputs.resourceId)) {
    // Also where it is never created because something else failed: what it was called before must not go then.
    memory.keptResources.keep(inputs.resourceId);
  }
  return forHost(
    before === undefined ? { inputs, failures: lacksRegion(inputs) } : await checkAgainst(before, inputs),
  );
}

function isKept(olds: Partial<PrerequisiteInputs>): olds is PrerequisiteInputs {
  return olds.resourceId !== undefined;
}

function lacksRegion({ sort, location }: PrerequisiteInputs): InputProblem[] {
  const reason = "is not known; set azure-native:location in the stack's configuration, or declare it";
  return sort === "resourceGroup" && location === undefined ? [{ property: "location", reason }] : [];
}

async function checkAgainst(before: PrerequisiteInputs, inputs: PrerequisiteInputs): Promise<CheckResult> {
  const isSame = !isOtherResource(before, inputs) && !isOtherRegion(before.location, inputs.location);
  const taken = isSame ? takenBack(before, inputs) : [];
  if (taken.length > 0) {
    return { inputs, failures: taken };
  }
  const found = isSame ? await look(before, inputs) : undefined;
  const isUpdated = hasChanged(before, inputs) || found?.isLacking === true;
  return {
    inputs: { ...inputs, ...(isSame ? knownOf(found, before, inputs) : {}) },
    failures: isUpdated ? (found?.problems ?? []) : [],
  };
}

/** What a preview would show as unknown, since the resource is updated, and what yet does not change. */
function knownOf(
  found: Judgement | undefined,
  before: PrerequisiteInputs,
  inputs: PrerequisiteInputs,
): Partial<PrerequisiteInputs> {
  const location = inputs.location ?? found?.live?.location ?? before.location;
  const keepsIdentities =
    found?.keepsIdentities ?? (!isUnknown(inputs.identity) && !isOther(before.identity, inputs.identity));
  const principals = found === undefined ? before.principals : found.live?.identity;
  return {
    ...(location === undefined ? {} : { location }),
    ...(keepsIdentities && principals !== undefined ? { principals } : {}),
  };
}
