/**
 * The life of what protection rests on, a function a verb, as the Pulumi host calls them: resource groups, vaults, their
 * bindings to Resource Guards, policies and role assignments. They differ in the rows of `kinds.ts` only.
 */
import { Deadline } from "../azure/http/deadline";
import { isSameResourceId } from "../azure/resourceId";
import { claimOf } from "../lifecycle/claim";
import { forHost } from "../lifecycle/failures";
import { isUnknown } from "../lifecycle/unknownValues";
import { configure, configured, memory, serve } from "../host/operation";
import { reportingFailure } from "../lifecycle/reportedFailure";
import { findResource } from "./arm";
import { withDrift } from "./drift";
import { isOther } from "./difference";
import type { DeclaredPrerequisite, PrerequisiteInputs, PrerequisiteOutputs } from "./inputs";
import { putPrerequisite } from "./put";
import { deletePrerequisite } from "./delete";
import { kinds } from "./kinds";
import { withKeptNames } from "./names";

export { configure };

interface CheckResult {
  inputs: PrerequisiteInputs;
  failures: { property: string; reason: string }[];
}

/** Fills in the names that state holds, the stack's region and its claim. What people declare is judged by the components. */
export async function check(
  olds: Partial<PrerequisiteInputs>,
  news: DeclaredPrerequisite,
): Promise<CheckResult> {
  const { hasLocation } = kinds[news.sort];
  const location = news.location ?? olds.location ?? configured("azure-native:location");
  const named = withKeptNames(olds, news);
  const inputs: PrerequisiteInputs = { ...named, ...(hasLocation && location ? { location } : {}) };
  const { resourceUrn } = news;
  if (resourceUrn !== undefined) {
    memory.rows.register(inputs.resourceId, resourceUrn);
    inputs.claimedBy = claimOf(resourceUrn);
  }
  const isMissing = inputs.sort === "resourceGroup" && inputs.location === undefined;
  const reason = "is not known; set azure-native:location in the stack's configuration, or declare it";
  return forHost({ inputs, failures: isMissing ? [{ property: "location", reason }] : [] });
}

interface DiffResult {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

export async function diff(
  id: string,
  olds: PrerequisiteOutputs,
  news: PrerequisiteInputs,
): Promise<DiffResult> {
  const { isImmutable } = kinds[news.sort];
  const replaces = [
    ...(isUnknown(news.resourceId) || !isSameResourceId(olds.resourceId, news.resourceId)
      ? ["resourceId"]
      : []),
    ...(isOtherRegion(olds.location, news.location) ? ["location"] : []),
    ...(isImmutable && isOther(olds.properties, news.properties) ? ["properties"] : []),
  ];
  if (replaces.length === 0) {
    memory.keptResources.keep(id);
  }
  const changes =
    replaces.length > 0 ||
    olds.failure !== undefined ||
    (["identity", "properties", "tags", "neededBy", "claimedBy", "onFailure", "__provider"] as const).some(
      (property) => isOther(olds[property], news[property]),
    );
  // A new resource under the same id can be made only when the old one is gone.
  return { changes, replaces, deleteBeforeReplace: !replaces.includes("resourceId") };
}

/** Azure takes `West Europe` and `westeurope` for the same. */
function isOtherRegion(old: string | undefined, declared: string | undefined): boolean {
  const spelt = (region: string): string => region.toLowerCase().replaceAll(" ", "");
  return old !== undefined && declared !== undefined && spelt(old) !== spelt(declared);
}

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
    async () => serve(doing(step, inputs), async (opened) => putPrerequisite(opened, inputs, step)),
    () => ({ ...inputs, principals: before?.principals, servedBy: before?.servedBy }),
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
  return serve(doing("reading", state), async ({ service: { client } }) => {
    const limitName = "the read timeout of 5m";
    const deadline = new Deadline(client.clock, 5 * 60_000, limitName);
    const resourceId = state.servedBy ?? state.resourceId;
    const live = await findResource(client, { sort: state.sort, resourceId }, deadline);
    if (live === undefined) {
      return {};
    }
    const { principals: _principals, servedBy, failure: _failure, ...inputs } = withDrift(state, live);
    return forHost({ id, inputs, props: { ...inputs, servedBy, principals: live.identity } });
  });
}

async function remove(id: string, state: PrerequisiteOutputs): Promise<void> {
  memory.rows.register(id, state.resourceUrn);
  await serve(doing("deleting", state), async (opened) => {
    await deletePrerequisite(opened, id, state);
    return {};
  });
}
export { remove as delete };

function doing(step: string, { sort, resourceId }: PrerequisiteInputs): string {
  return `${step} ${kinds[sort].what} ${resourceId}`;
}
