import { isUnknown } from "../lifecycle/unknownValues";
import { looksForDrift, memory } from "../host/operation";
import type { PrerequisiteInputs } from "./inputs";
import type { Judgement } from "./judgement";
import { judge } from "./judgement";
import { kinds } from "./kinds";

/** The look at the live resource, if it is known which one that is and how it is declared. */
export async function look(
  before: PrerequisiteInputs,
  inputs: PrerequisiteInputs,
): Promise<Judgement | undefined> {
  const { resourceId, properties, defaults, tags, identity, sort } = inputs;
  const isKnown = ![resourceId, properties, defaults, tags, identity].some(isUnknown);
  if (!isKnown || !kinds[sort].isLookedAt || !looksForDrift()) {
    return undefined;
  }
  return memory.ifReachable({ topic: "prerequisite", resourceId, vaultId: resourceId }, async (session) =>
    judge(session, inputs, before),
  );
}
