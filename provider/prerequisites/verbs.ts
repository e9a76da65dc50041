/**
 * The life of what protection rests on, a function a verb, as the Pulumi host calls them: resource groups, vaults, their
 * bindings to Resource Guards, policies and role assignments. They differ in the rows of `kinds.ts` only.
 */
import { Deadline } from "../azure/http/deadline";
import { PartialFailure, forHost } from "../lifecycle/failures";
import { configure, memory, serve, serveRead } from "../host/operation";
import { reportingFailure } from "../lifecycle/reportedFailure";
import { findResource } from "./arm";
import { driftOf } from "./drift";
import type { PrerequisiteInputs, PrerequisiteOutputs } from "./inputs";
import { putPrerequisite } from "./put";
import { deletePrerequisite } from "./delete";
import { kinds } from "./kinds";
import { wasNeverAccepted } from "./refusal";

export { check } from "./check";
export { diff } from "./diff";
export { configure };

export async function create(inputs: PrerequisiteInputs): Promise<{ id: string; outs: PrerequisiteOutputs }> {
  return { id: inputs.resourceId, outs: await put(inputs, "creating", undefined) };
}

export async function update(
  _id: string,
  olds: PrerequisiteOutputs,
  news: PrerequisiteInputs,
): Promise<{ outs: PrerequisiteOutputs }> {
  return { outs: await put(news, "updating", olds) };
}

async function put(
  inputs: PrerequisiteInputs,
  step: "creating" | "updating",
  before: PrerequisiteOutputs | undefined,
): Promise<PrerequisiteOutputs> {
  return reportingFailure<PrerequisiteOutputs>(
    inputs,
    async () => {
      if (inputs.failure !== undefined) {
        throw new Error(inputs.failure);
      }
      return serve(doing(step, inputs), async (opened) => putPrerequisite(opened, inputs, before));
    },
    (error) => {
      const wasNotMade = (before?.wasNotMade ?? before === undefined) && !(error instanceof PartialFailure);
      const { principals, servedBy } = before ?? {};
      return { ...inputs, principals, servedBy, ...(wasNotMade ? { wasNotMade } : {}) };
    },
    async (failure) => memory.rows.say(inputs.resourceId, failure, "error"),
  );
}

interface ReadResult {
  id?: string;
  props?: PrerequisiteOutputs;
  inputs?: PrerequisiteInputs;
}

/** Reads the resource as Azure holds it; what somebody changed of what is declared shows as a difference. */
export async function read(id: string, state: PrerequisiteOutputs): Promise<ReadResult> {
  memory.rows.register(id, state.resourceUrn);
  if (wasNeverAccepted(state)) {
    return {};
  }
  return serveRead(doing("reading", state), async ({ service: { client } }) => {
    const limitName = "the read timeout of 5m";
    const deadline = new Deadline(client.clock, 5 * 60_000, limitName);
    const resourceId = state.servedBy ?? state.resourceId;
    const live = await findResource(client, { sort: state.sort, resourceId }, deadline);
    if (live === undefined) {
      return {};
    }
    const { servedBy, failure: _failure, drift: _drift, wasNotMade: _wasNotMade, ...inputs } = state;
    const { identity: principals, location = state.location } = live;
    const drift = driftOf(state, live);
    return forHost({ id, inputs, props: { ...inputs, location, principals, servedBy, drift } });
  });
}

async function remove(id: string, state: PrerequisiteOutputs): Promise<void> {
  memory.rows.register(id, state.resourceUrn);
  if (wasNeverAccepted(state)) {
    return;
  }
  await serve(doing("deleting", state), async (opened) => {
    await deletePrerequisite(opened, id, state);
    return {};
  });
}
export { remove as delete };

function doing(step: string, { sort, resourceId }: PrerequisiteInputs): string {
  return `${step} ${kinds[sort].what} ${resourceId}`;
}
