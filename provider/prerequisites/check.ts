import type { InputProblem } from "../dataProtection/inputProblem";
import { apiVersionKey, apiVersionProblems, defaultApiVersion } from "../dataProtection/service";
import { configured, memory } from "../host/operation";
import { claimOf } from "../lifecycle/claim";
import { forHost } from "../lifecycle/failures";
import { isUnknown } from "../lifecycle/unknownValues";
import { hasChanged, isOther, isOtherResource } from "./changes";
import { findFormerGroup, formerVaultProblem } from "./formerNames";
import type { DeclaredPrerequisite, PrerequisiteInputs } from "./inputs";
import { inputProblems } from "./inputRules";
import type { Judgement } from "./judgement";
import { kinds } from "./kinds";
import { look } from "./look";
import { withKeptNames } from "./names";
import type { CheckResult } from "./refusal";
import { acceptedInputs, withRefusal } from "./refusal";
import { isOtherRegion } from "./region";
import { takenBack } from "./weakening";

/**
 * Fills in the names that state holds, the stack's region and its claim, and what is known of the live resource. What people
 * declare is judged by the components; here, what these can know late only, and what it takes back of what was declared
 * before, and of what Azure holds.
 */
export async function check(
  state: Partial<PrerequisiteInputs>,
  news: DeclaredPrerequisite,
): Promise<CheckResult> {
  const olds = acceptedInputs(state);
  const before = isKept(olds) ? olds : undefined;
  // A default that only moved moves nothing: the region of what is there stays as it was decided once.
  const location = news.location ?? (before ? before.location : configured("azure-native:location"));
  const { hasLocation } = kinds[news.sort];
  const named = withKeptNames(olds, news);
  const { resourceUrn } = news;
  const claimedBy = resourceUrn === undefined ? undefined : claimOf(resourceUrn);
  const declared: PrerequisiteInputs = {
    ...named,
    ...(hasLocation && location ? { location } : {}),
    ...(claimedBy === undefined ? {} : { claimedBy }),
  };
  const isFirst = memory.isFirstCreate(state, resourceUrn) && !isUnknown(declared.resourceId);
  const isGood = inputProblems(declared, olds).length === 0;
  const { inputs, failures } =
    isFirst && news.hasDefaultName && isGood
      ? await lookForFormer(declared, news)
      : { inputs: declared, failures: [] };
  memory.rows.register(inputs.resourceId, resourceUrn);
  memory.useVault(inputs.neededBy?.vaultId ?? inputs.resourceId);
  if (isFirst) {
    // Also where it is never created because something else failed: what it was called before must not go then.
    memory.keptResources.keep(inputs.resourceId);
  }
  const settingProblems = apiVersionProblems(configured(apiVersionKey) ?? defaultApiVersion);
  if (settingProblems.length > 0) {
    return forHost({ inputs, failures: settingProblems });
  }
  const result =
    before === undefined
      ? { inputs, failures: [...failures, ...lacksRegion(inputs)] }
      : await checkAgainst(before, inputs);
  return forHost(withRefusal(olds, result));
}

/** Looks whether a resource that is new to Pulumi is in Azure under the default name that its component had before. */
async function lookForFormer(
  declared: PrerequisiteInputs,
  { snapshotsOf, vaultNames = [], ...news }: DeclaredPrerequisite,
): Promise<CheckResult> {
  const { sort, resourceId, neededBy } = declared;
  const vaultId = neededBy?.vaultId ?? resourceId;
  const question = { topic: "formerName", resourceId, vaultId } as const;
  if (sort === "backupVault" || news.neededBy?.hasDefaultName) {
    const problem = await memory.ifReachable(question, async (session) =>
      formerVaultProblem(session, { ...declared, resourceId: vaultId }, vaultNames, (id) =>
        memory.isVaultUsed(id),
      ),
    );
    return { inputs: declared, failures: problem === undefined ? [] : [problem] };
  }
  const isKnown = snapshotsOf !== undefined && !isUnknown([snapshotsOf, neededBy]);
  const group = isKnown
    ? await memory.ifReachable(question, async (session) => findFormerGroup(session, declared, snapshotsOf))
    : undefined;
  const { id = resourceId, location = declared.location } = group ?? {};
  return { inputs: { ...declared, resourceId: id, location }, failures: [] };
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
