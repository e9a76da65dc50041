import type { InputProblem } from "../dataProtection/inputProblem";
import type { Session } from "../host/session";
import { lookDeadline } from "../host/session";
import { withCorrelationId } from "../azure/http/tracing";
import { claimedTags } from "../lifecycle/claim";
import { driftOf } from "./drift";
import { foreignProblems } from "./foreign";
import { problemsInUse } from "./inUse";
import type { PrerequisiteInputs } from "./inputs";
import { kinds } from "./kinds";
import { lookAt } from "./live";
import { effectiveProperties, hasSameIdentities, mergedBody } from "./merge";
import { overlay } from "./overlay";
import { only, valueAt } from "./safeguards";
import { onePerProperty, weakenings } from "./weakening";
import type { LiveResource } from "./wireResource";

/** What a look at the live resource says of its declaration, before anything is changed. */
export interface Judgement {
  /** `undefined` where it is not there. */
  live: LiveResource | undefined;
  /** What an update would weaken that the program did not change. */
  problems: InputProblem[];
  /** Whether the resource lacks something of its declaration, besides what it has more than declared. */
  isLacking: boolean;
  /** Whether it keeps the identities that it has. */
  keepsIdentities: boolean;
}

/**
 * Looks at the live resource of a declaration.
 *
 * @param before - What was declared before.
 * @throws what keeps it from being looked at.
 */
export async function judge(
  session: Session,
  declared: PrerequisiteInputs,
  before: PrerequisiteInputs,
): Promise<Judgement> {
  const deadline = lookDeadline(session);
  const live = await lookAt(session, declared, deadline);
  if (live === undefined) {
    return { live, problems: [], isLacking: true, keepsIdentities: false };
  }
  const body = mergedBody(live, declared, before);
  const weakened = weakenings(live, body, declared, before);
  const inUse = await problemsInUse(
    session,
    declared,
    [effectiveProperties(before), effectiveProperties(declared)],
    deadline,
  );
  const others = weakened.flatMap(({ path }) =>
    path === undefined ? [] : [only(path, valueAt(live.properties, path))],
  );
  const wanted = {
    ...declared,
    properties: others.reduce(overlay, declared.properties) as typeof declared.properties,
    tags: kinds[declared.sort].hasTags ? claimedTags(declared, declared) : declared.tags,
  };
  const foreign = foreignProblems(live, declared, before);
  return {
    live,
    problems: [...foreign, ...onePerProperty([...weakened, ...inUse])].map(({ property, reason }) => ({
      property,
      reason: withCorrelationId(reason, live.correlationId),
    })),
    isLacking: foreign.length === 0 && driftOf(wanted, live) !== undefined,
    keepsIdentities: hasSameIdentities(live, body),
  };
}
