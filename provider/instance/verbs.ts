/**
 * The life of a backup instance, a function a verb, as the Pulumi host calls them. Errors and results cross a process
 * boundary here, so both are made fit for it.
 */
import type { CheckResult } from "./check";
import { check as checkInputs } from "./check";
import { isSameResourceId } from "../azure/resourceId";
import { vaultIdOf } from "../dataProtection/backupInstance";
import { claimOf } from "../lifecycle/claim";
import { create as createInstance } from "./create";
import { apiVersionKey, defaultApiVersion } from "../dataProtection/service";
import { deleteInstance } from "./delete";
import type { DiffResult } from "./diff";
import { diff as diffInstance, unknownNotice } from "./diff";
import { explainFailure } from "../explain/explainFailure";
import { lookForDrift } from "./drift";
import { forHost } from "../lifecycle/failures";
import type { Untrusted } from "../azure/json";
import type { CheckedInputs, InstanceOutputs } from "./inputs";
import { isKept } from "./inputs";
import { isUnknown } from "../lifecycle/unknownValues";
import { configure, configured, looksForDrift, memory, serve, serveRead } from "../host/operation";
import type { Session } from "../host/session";
import { validateInPreview } from "./previewValidation";
import type { ReadResult } from "./read";
import { read as readInstance } from "./read";
import { wasNotCreated } from "./notCreated";
import { inWords, problemOf } from "../lifecycle/refusal";
import { lastSeen } from "./notCreated";
import { objectionsToReplacement } from "./replacement";
import { reportingFailure } from "../lifecycle/reportedFailure";
import { acceptedInputs, idOf, refusedInputs } from "./reportedRefusal";
import { transitionProblems, whatReplacementDoes } from "./transitions";
import { update as updateInstance } from "./update";
import { contradictionsWithVault, dependsOnVault } from "./vaultRules";

export { configure };

export async function check(before: Untrusted, news: Untrusted): Promise<CheckResult> {
  const { isPreview, rolesFailure, failure: _failure, ...declared } = news;
  const { resourceUrn } = declared;
  const olds = acceptedInputs(before);
  const { inputs, failures } = checkInputs(declared, configured(apiVersionKey) ?? defaultApiVersion, olds);
  if (typeof rolesFailure === "string" && !isUnknown(rolesFailure)) {
    inputs.rolesFailure = rolesFailure;
  }
  if (typeof resourceUrn === "string") {
    memory.rows.register(idOf(inputs), resourceUrn);
    inputs.claimedBy = claimOf(resourceUrn);
  }
  if (failures.length > 0) {
    return refused(olds, inputs, failures, inWords(failures));
  }
  memory.useVault(inputs.vaultId);
  const isFirst = memory.isFirstCreate(olds, resourceUrn);
  for (const judge of [transitionProblems, vaultProblems]) {
    failures.push(...(failures.length === 0 ? await judge(olds, inputs, isPreview === true) : []));
  }
  if (failures.length > 0) {
    return refused(olds, inputs, failures, inWords(failures));
  }
  const found = await replacementProblems(olds, inputs, isPreview === true);
  if (isPreview === true && found.length === 0) {
    found.push(...(await previewProblems(olds, inputs, isFirst)));
  }
  return refused(olds, inputs, found, found.map(({ reason }) => reason).join("; "));
}

/** Previews show inputs as outputs, so that a refusal that is to be reported only is known as `failure` there already. */
function refused(olds: Untrusted, inputs: CheckedInputs, failures: Problems, inAll: string): CheckResult {
  return forHost(
    inputs.onFailure === "report" && failures.length > 0
      ? { inputs: refusedInputs(olds, inputs, inAll), failures: [] }
      : { inputs, failures },
  );
}

type Problems = CheckResult["failures"];

async function vaultProblems(
  olds: Partial<CheckedInputs>,
  news: CheckedInputs,
  isPreview: boolean,
): Promise<Problems> {
  const found = dependsOnVault(olds, news)
    ? await memory.ifReachable(
        { topic: "vaultSettings", resourceId: news.backupInstanceId, vaultId: news.vaultId },
        async (session) => contradictionsWithVault(session, olds, news),
      )
    : undefined;
  const { lasting, curable } = found ?? { lasting: [], curable: [] };
  if (!isPreview) {
    return [...lasting, ...curable].map(problemOf);
  }
  for (const { property, reason } of curable.map(problemOf)) {
    await memory.rows.say(news.backupInstanceId, `${property}: ${reason}`, "warning");
  }
  return lasting.map(problemOf);
}

/** A replacement deletes first, so that whatever is known to keep it from succeeding is a refusal before that. */
async function replacementProblems(
  olds: Partial<CheckedInputs>,
  news: CheckedInputs,
  isPreview: boolean,
): Promise<Problems> {
  if (!isKept(olds) || diffInstance(olds, news).replaces.length === 0) {
    return [];
  }
  const { vaultId, policyId, datasource, backupInstanceId } = news;
  const unknown = Object.entries({ vaultId, policyId, datasource }).filter(([, value]) => isUnknown(value));
  if (unknown.length > 0) {
    const names = unknown.map(([name]) => name).join(" and ");
    const notAsked = `cannot ask yet whether this replacement can succeed, as ${names} is not known before the update`;
    await memory.rows.say(
      backupInstanceId,
      `${notAsked}; the update asks before it deletes anything`,
      "warning",
    );
    return [];
  }
  const ask = async (session: Session): Promise<Problems> =>
    objectionsToReplacement(session, olds, news, isPreview);
  if (isPreview) {
    const question = { topic: "replacement", resourceId: backupInstanceId, vaultId } as const;
    return (await memory.whilePatient(question, ask)) ?? [];
  }
  const doing = `replacing backup instance ${olds.backupInstanceId}`;
  return serve(doing, ask).catch(({ cause }: Error) => {
    const reason = explainFailure(doing, cause, news);
    return [
      {
        property: "vaultId",
        reason: `${reason} Nothing was deleted, as it is not known what could follow.`,
      },
    ];
  });
}

/** The validation in a preview is a service to people as well: what keeps the service from answering is a warning. */
async function previewProblems(
  olds: Partial<CheckedInputs>,
  news: CheckedInputs,
  isFirst: boolean,
): Promise<Problems> {
  const { validateOnPreview } = news;
  const isChange = !isFirst && isKept(olds) && diffInstance(olds, news).replaces.length === 0;
  const isAsked = isFirst ? validateOnPreview !== false : isChange && validateOnPreview === true;
  const validate = async (session: Session): Promise<Problems> =>
    validateInPreview(session, news, isChange ? olds : undefined);
  const question = { topic: "validation", resourceId: news.backupInstanceId, vaultId: news.vaultId } as const;
  return (isAsked ? await memory.whilePatient(question, validate) : undefined) ?? [];
}

export async function diff(id: string, olds: InstanceOutputs, news: CheckedInputs): Promise<DiffResult> {
  const isRefused = news.failure !== undefined;
  const result = diffInstance(olds, news);
  const notice = isRefused ? undefined : unknownNotice(news);
  if (notice !== undefined) {
    memory.rows.register(id, news.resourceUrn);
    await memory.rows.say(id, notice);
  }
  // What is refused may have no id.
  const isOtherId = (): boolean =>
    !isUnknown(news.backupInstanceId) && !isSameResourceId(id, news.backupInstanceId);
  if (wasNotCreated(olds) && !isRefused && isOtherId()) {
    return { ...result, changes: true, replaces: ["backupInstanceId"] };
  }
  if (result.replaces.length > 0 && !isRefused) {
    await memory.rows.say(news.backupInstanceId, whatReplacementDoes(olds), "warning");
    return result;
  }
  memory.keptResources.keep(id);
  if (isRefused) {
    return { ...result, changes: true, replaces: [] };
  }
  if (olds.failure !== undefined) {
    await memory.rows.say(id, `${olds.failure}: this update tries again`, "warning");
    return { ...result, changes: true };
  }
  const hasDrifted =
    looksForDrift() &&
    (await memory.ifReachable({ topic: "liveState", resourceId: id, vaultId: vaultIdOf(id) }, (session) =>
      lookForDrift(session, id, olds, news),
    ));
  return { ...result, changes: result.changes || hasDrifted === true };
}

export async function create(inputs: CheckedInputs): Promise<{ id: string; outs: InstanceOutputs }> {
  const id = idOf(inputs);
  const step = async (): Promise<InstanceOutputs> =>
    serve(`creating backup instance ${id}`, (opened) => createInstance(opened, inputs));
  return { id, outs: await reporting(inputs, undefined, step) };
}

export async function read(id: string, state: Partial<InstanceOutputs>): Promise<ReadResult> {
  memory.rows.register(id, state.resourceUrn);
  return serveRead(`reading backup instance ${id}`, (opened) => readInstance(opened, id, state));
}

export async function update(
  id: string,
  olds: InstanceOutputs,
  news: CheckedInputs,
): Promise<{ outs: InstanceOutputs }> {
  if (wasNotCreated(olds)) {
    const { outs } = await create(news);
    return { outs };
  }
  const step = async (): Promise<InstanceOutputs> =>
    serve(`updating backup instance ${id}`, (opened) => updateInstance(opened, olds, news));
  return { outs: await reporting(news, olds, step) };
}

async function reporting(
  declared: CheckedInputs,
  before: InstanceOutputs | undefined,
  step: () => Promise<InstanceOutputs>,
): Promise<InstanceOutputs> {
  const inTheWay = declared.failure ?? declared.rolesFailure;
  const stepIfPossible = async (): Promise<InstanceOutputs> => {
    if (inTheWay !== undefined) {
      throw new Error(inTheWay);
    }
    return step();
  };
  return reportingFailure(
    declared,
    stepIfPossible,
    (error) => lastSeen(error, declared, before),
    async (failure) => memory.rows.say(idOf(declared), failure, "error"),
  );
}

async function remove(id: string, state: InstanceOutputs): Promise<void> {
  memory.rows.register(id, state.resourceUrn);
  await serve(`deleting backup instance ${id}`, async (opened) => {
    await deleteInstance(opened, id, state);
    return {};
  });
}
export { remove as delete };
