import { HostError } from "../host/dynamicHost";
import type { DynamicHost } from "../host/dynamicHost";
import type { Outcome, Verb } from "./scenario";

type Properties = Record<string, unknown>;

/** What a verb works on. */
export interface Case {
  id: string;
  /** What the program declares. */
  declaration: Properties;
  /** What state holds. */
  state: Properties;
}

/** How a verb ended. */
export interface Ending {
  outcome: Outcome;
  message?: string;
  /** The outputs, where it ended well. */
  outputs?: Properties;
}

/** The calls that the engine makes for each verb, in its order. */
export const verbs: Record<Verb, (host: DynamicHost, one: Case) => Promise<Ending>> = {
  async previewOfCreate(host, { declaration }) {
    const { failures } = await host.check(previewed(declaration));
    return refusedBy(failures, "red, not in state") ?? { outcome: "plan: create" };
  },

  async create(host, { declaration }) {
    const { inputs, failures } = await host.check(declaration);
    return (
      refusedBy(failures, "red, not in state") ??
      host
        .create(inputs)
        .then(({ outputs }) => ({ outcome: "green", outputs }), failedAs("red, not in state"))
    );
  },

  async preview(host, { id, declaration, state }) {
    const { inputs, failures } = await host.check(previewed(declaration), state);
    return refusedBy(failures) ?? { outcome: await planOf(host, id, state, inputs) };
  },

  async refresh(host, { id, state }) {
    return host
      .read(id, state)
      .then(
        (read): Ending =>
          read.id === "" ? { outcome: "gone from state" } : { outcome: `shows ${whatIsShown(read.outputs)}` },
        failedAs("red, state as before"),
      );
  },

  async update(host, one) {
    const { id, declaration, state } = one;
    const { inputs, failures } = await host.check(declaration, state);
    const plan = refusedBy(failures) ?? { outcome: await planOf(host, id, state, inputs) };
    if (plan.outcome === "plan: update") {
      return host.update(id, state, inputs).then(
        (outputs) => ({
          outcome: isWell(outputs) ? "green" : "left paused",
          outputs,
        }),
        failedAs("red, state as before"),
      );
    }
    if (plan.outcome === "plan: replace") {
      const ended = await verbs.delete(host, one);
      return ended.outcome === "deleted" ? verbs.create(host, one) : ended;
    }
    return plan;
  },

  async rename(host, one) {
    const created = await verbs.create(host, one);
    const deleted = await verbs.delete(host, one);
    return deleted.outcome === "deleted" ? created : deleted;
  },

  async delete(host, { id, state }) {
    return host
      .delete(id, state)
      .then((): Ending => ({ outcome: "deleted" }), failedAs("red, kept in state"));
  },
};

/** A declaration as a preview hands it over: prerequisites are not told which it is. */
function previewed(declaration: Properties): Properties {
  return "sort" in declaration ? declaration : { ...declaration, isPreview: true };
}

function isWell(outputs: Properties): boolean {
  return "sort" in outputs || outputs.protectionState === "ProtectionConfigured";
}

/** The protection state; of what protection rests on, what differs from its declaration. */
function whatIsShown({ sort, drift, protectionState }: Properties): string {
  return sort === undefined
    ? String(protectionState)
    : `drift of ${
        Object.keys(Object(drift) as object)
          .toSorted()
          .join(", ") || "nothing"
      }`;
}

async function planOf(
  host: DynamicHost,
  id: string,
  state: Properties,
  inputs: Properties,
): Promise<"plan: same" | "plan: update" | "plan: replace"> {
  const { changes, replaces } = await host.diff(id, state, inputs);
  if (replaces.length > 0) {
    return "plan: replace";
  }
  return changes === someChanges ? "plan: update" : "plan: same";
}

/** `DIFF_SOME` of Pulumi's provider.proto. */
const someChanges = 2;

function refusedBy(
  failures: { property: string; reason: string }[],
  outcome: Outcome = "red, state as before",
): Ending | undefined {
  const message = failures
    .map(({ property, reason }) => (property ? `${property}: ${reason}` : reason))
    .join("\n");
  return failures.length === 0 ? undefined : { outcome, message };
}

/** A failure keeps the resource in state if the provider says so, and else leaves state as the verb found it. */
function failedAs(outcome: Outcome): (error: unknown) => Ending {
  return (error) => {
    if (!(error instanceof HostError)) {
      throw error;
    }
    const kept = error.initializationFailure;
    return kept === undefined
      ? { outcome, message: error.message }
      : { outcome: "red, kept in state", message: kept.reasons.join("\n") };
  };
}
