/**
 * What the Pulumi host loads by the constant text in state: the lifecycle of a backup instance, a function a verb. Errors
 * and results cross a process boundary here, so both are made fit for it.
 */
import type { CheckResult } from "./check";
import { check as checkInputs } from "./check";
import { create as createInstance } from "./create";
import { deleteInstance } from "./delete";
import type { DiffResult } from "./diff";
import { diff as diffInstance } from "./diff";
import type { CheckedInputs, InstanceOutputs } from "./inputs";
import type { Untrusted } from "./inputRules";
import { KeptInstances } from "./keptInstances";
import { forHost } from "./partialFailure";
import type { ReadResult } from "./read";
import { read as readInstance } from "./read";
import type { Session, StackConfig } from "./session";
import { openSession } from "./session";
import { update as updateInstance } from "./update";

/** One host process serves one operation, so what is remembered here lives as long as that. */
const keptInstances = new KeptInstances();
let stackConfig: StackConfig = () => undefined;
let session: Promise<Session> | undefined;

/** Takes the stack's configuration. Nothing is awaited: the host does not wait for this before it calls the verbs. */
export async function configure({
  config,
}: {
  config: { get(key: string): string | undefined };
}): Promise<void> {
  stackConfig = (key) => config.get(key);
  session = undefined;
}

/** The session of this operation, opened by the first verb that speaks to the service. A failure is not kept. */
async function openedSession(): Promise<Session> {
  const opening = (session ??= openSession(stackConfig, keptInstances));
  opening.catch(() => {
    session = session === opening ? undefined : session;
  });
  return opening;
}

export async function check(_olds: Untrusted, news: Untrusted): Promise<CheckResult> {
  return forHost(checkInputs(news));
}

export async function diff(id: string, olds: InstanceOutputs, news: CheckedInputs): Promise<DiffResult> {
  const result = diffInstance(olds, news);
  if (result.replaces.length === 0) {
    keptInstances.keep(id);
  }
  return result;
}

export async function create(inputs: CheckedInputs): Promise<{ id: string; outs: InstanceOutputs }> {
  return forHost(await createInstance(await openedSession(), inputs));
}

export async function read(id: string, state: Partial<InstanceOutputs>): Promise<ReadResult> {
  return forHost(await readInstance(await openedSession(), id, state));
}

export async function update(
  _id: string,
  _olds: InstanceOutputs,
  news: CheckedInputs,
): Promise<{ outs: InstanceOutputs }> {
  return forHost(await updateInstance(await openedSession(), news));
}

async function remove(id: string, state: InstanceOutputs): Promise<void> {
  await deleteInstance(await openedSession(), id, state);
}
export { remove as delete };
