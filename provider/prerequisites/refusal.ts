import type { InputProblem } from "../dataProtection/inputProblem";
import { inWords } from "../lifecycle/refusal";
import type { PrerequisiteInputs, PrerequisiteOutputs } from "./inputs";
import { inputProblems } from "./inputRules";

/** What `check` returns to the engine. */
export interface CheckResult {
  inputs: PrerequisiteInputs;
  failures: InputProblem[];
}

/**
 * Refuses what {@link inputProblems} finds. Where that is to be reported only, the declaration is taken as it is, with the
 * reason: the engine starts nothing more once a `check` has failed. What was accepted before stays declared then.
 *
 * @param olds - What state holds and was accepted.
 */
export function withRefusal(
  olds: Partial<PrerequisiteInputs>,
  { inputs, failures }: CheckResult,
): CheckResult {
  const all = [...inputProblems(inputs, olds), ...failures];
  if (all.length === 0 || inputs.onFailure !== "report") {
    return { inputs, failures: all };
  }
  const { resourceUrn, claimedBy, onFailure, __provider } = inputs;
  const kept = { ...inputs, ...olds, resourceUrn, claimedBy, onFailure, __provider };
  return { inputs: { ...kept, failure: inWords(all) }, failures: [] };
}

/** The inputs in state, unless nothing but refused ones was ever declared. */
export function acceptedInputs(olds: Partial<PrerequisiteInputs>): Partial<PrerequisiteInputs> {
  return wasNeverAccepted(olds) ? {} : olds;
}

/**
 * Whether state holds nothing but a declaration that was refused when that was to be reported only: then nothing in Azure is
 * this resource's own, and no request may be made of what is wrong with it.
 */
export function wasNeverAccepted(state: Partial<PrerequisiteOutputs>): boolean {
  return state.failure !== undefined && inputProblems(state as PrerequisiteInputs).length > 0;
}
