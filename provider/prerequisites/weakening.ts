import { isUnknown } from "../lifecycle/unknownValues";
import type { InputProblem } from "../dataProtection/inputProblem";
import type { PrerequisiteInputs } from "./inputs";
import { kinds } from "./kinds";
import { effectiveProperties } from "./merge";
import { isOtherRegion } from "./region";
import type { Safeguard } from "./safeguards";
import { valueAt } from "./safeguards";
import type { WireResource } from "./wireResource";

/**
 * What a declaration takes back although Azure never takes it back. It needs no look at the live resource, so that it is
 * refused before any request.
 */
export function takenBack(before: PrerequisiteInputs, declared: PrerequisiteInputs): InputProblem[] {
  const [old, now] = [before, declared].map(effectiveProperties);
  const problems = kinds[declared.sort].safeguards
    .filter(({ path }) => ![old, now].some((properties) => isUnknown(valueAt(properties, path))))
    .filter(({ valueIn, isFinal }) => isFinal?.(valueIn(old), valueIn(now)))
    .map((safeguard) => ({
      property: safeguard.property,
      reason: noWayBack(safeguard.declare(safeguard.valueIn(old))),
    }));
  return onePerProperty(problems);
}

/** What a PUT would weaken. */
export interface Weakening extends InputProblem {
  /** Where the setting stands in the properties; `undefined` for what is none of them. */
  path?: readonly string[];
}

/**
 * What a PUT of a body would take from the live resource that the program's own change does not ask for, or that Azure does
 * not take back. The program asks for what is weaker than it declared before, and for no more.
 */
export function weakenings(
  live: WireResource,
  body: WireResource,
  declared: PrerequisiteInputs,
  before: PrerequisiteInputs | undefined,
): Weakening[] {
  const { safeguards, hasLocation, what } = kinds[declared.sort];
  const problems = safeguards.flatMap((safeguard): Weakening[] => {
    const { property, path, valueIn, isWeaker, isFinal, declare } = safeguard;
    const [from, to] = [valueIn(live.properties), valueIn(body.properties)];
    if (isFinal?.(from, to)) {
      return [{ property, path, reason: noWayBack(declare(from)) }];
    }
    const isAskedFor = before !== undefined && !isWeaker(valueIn(effectiveProperties(before)), from);
    return isWeaker(to, from) && !isAskedFor
      ? [{ property, path, reason: outside(what, safeguard, from, to) }]
      : [];
  });
  // Another region than before is a replacement, which the program asks for.
  const isMoved =
    before !== undefined && (before.location === undefined || isOtherRegion(before.location, body.location));
  return hasLocation && !isMoved && isOtherRegion(live.location, body.location)
    ? [...problems, { property: "location", reason: elsewhere(what, live.location, body.location) }]
    : problems;
}

/** What people are told: where several settings are declared by one property, the last of them. */
export function onePerProperty<Problem extends InputProblem>(problems: Problem[]): Problem[] {
  return problems.filter(
    ({ property }, index) => problems.findLastIndex((other) => other.property === property) === index,
  );
}

/** By which setting one resource keeps less than another, by the name under which people declare it. */
export function weakerSetting(
  sort: PrerequisiteInputs["sort"],
  one: WireResource,
  other: WireResource,
): string | undefined {
  return kinds[sort].safeguards.find(
    ({ path, isWeaker, valueIn }) =>
      valueAt(one.properties, path) !== undefined &&
      isWeaker(valueIn(one.properties), valueIn(other.properties)),
  )?.property;
}

function noWayBack(declaration: string): string {
  return `Azure offers no way back from \`${declaration}\`: declare that again`;
}

function outside(what: string, { declare }: Safeguard, from: unknown, to: unknown): string {
  return (
    `the ${what} has \`${declare(from)}\` in Azure, set outside of this program, which declares \`${declare(to)}\`: an update ` +
    `would weaken it. Declare \`${declare(from)}\` to keep it. If \`${declare(to)}\` is meant, declare what is there for one ` +
    "update first, and then that"
  );
}

function elsewhere(what: string, from: string | undefined, to: string | undefined): string {
  return `the ${what} is in ${from}, not in ${to}, and Azure cannot move it: declare location: "${from}"`;
}
