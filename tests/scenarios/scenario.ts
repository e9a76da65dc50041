import type { Site, SiteOptions } from "./site";

/**
 * What Pulumi does with a resource:
 * - `create`: an update in which the resource is new; `previewOfCreate`: the preview before it;
 * - `preview`, `update`: of a resource that state holds, after the comparison that the engine makes;
 * - `refresh`, `delete`: of a resource that state holds;
 * - `rename`: an update that creates it under a new name in the program and then deletes it under the old one.
 */
export type Verb = "previewOfCreate" | "create" | "preview" | "refresh" | "update" | "rename" | "delete";

/** How it ends for people: what they see, and what state holds afterwards. */
export type Outcome =
  | "green"
  | "left paused"
  | "red, kept in state"
  | "red, not in state"
  | "red, state as before"
  | "plan: create"
  | "plan: same"
  | "plan: update"
  | "plan: replace"
  | "deleted"
  | "gone from state"
  | `shows ${string}`;

/** What is expected of one verb in one situation, and what is observed. */
export interface Reaction {
  outcome: Outcome;
  /** The error, word by word; ids and times by their names in braces. */
  message?: string;
  /** What is said on rows without being an error. */
  says?: string[];
  /** Every request, in the form of `storyOf`. */
  requests: string[];
  /** Where it matters: the instance's protection state afterwards, as the service tells it to somebody else. */
  leaves?: string;
}

/** A situation, and what each verb makes of it: one row of the table for each reaction. */
export interface Scenario {
  situation: string;
  /** How the place differs from a plain one. */
  place?: SiteOptions;
  /** Brings the situation about. */
  given?: (site: Site) => Promise<void> | void;
  /** What the program declares; by default the plain protection of the disk. */
  declares?: (site: Site) => object;
  /** What was declared when state was written; by default the same. */
  declaredBefore?: (site: Site) => object;
  /** What state holds besides: `undefined` for what it does not. */
  keeps?: object;
  /** The stack's configuration. A scenario that has one gets a host of its own. */
  config?: Record<string, string>;
  /** The settings and tags of a vault that the program's own change weakens or takes away. */
  asksFor?: readonly string[];
  /** For what the host remembers for the rest of its operation: a host of its own. */
  isAlone?: boolean;
  reactions: Partial<Record<Verb, Reaction>>;
}

/** One row of the table. */
export interface Row {
  scenario: Scenario;
  verb: Verb;
  expected: Reaction;
}

/** The rows of some scenarios, in the order of the table. */
export function rowsOf(scenarios: readonly Scenario[]): Row[] {
  return scenarios.flatMap((scenario) =>
    (Object.entries(scenario.reactions) as [Verb, Reaction][]).map(([verb, expected]) => ({
      scenario,
      verb,
      expected,
    })),
  );
}
