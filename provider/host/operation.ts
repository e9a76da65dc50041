/**
 * What all resources of this package share in one operation of the engine. One host process serves one operation, so what
 * is remembered here lives as long as that.
 */
import { systemClock } from "../azure/clock";
import { endWithEngine } from "./endWithEngine";
import { openEngineLog } from "./engineLog";
import { Failure, PartialFailure, forHost } from "../lifecycle/failures";
import { OperationMemory } from "./memory";
import { Rows } from "./rows";
import type { Session, StackConfig } from "./session";
import { openSession } from "./session";

const rows = new Rows(openEngineLog(), systemClock);
export const memory = new OperationMemory(rows, systemClock, openedSession);
let stackConfig: StackConfig = () => undefined;
let session: Promise<Session> | undefined;
/** From the first verb on that changes something, the operation is no preview and no refresh. */
let mayWrite = false;
endWithEngine().catch(() => undefined);

/**
 * Takes the stack's configuration, which is the same for every kind of resource. Nothing is awaited: the host does not
 * wait for this before it calls the verbs.
 */
export async function configure({
  config,
}: {
  config: { get(key: string): string | undefined };
}): Promise<void> {
  stackConfig = (key) => config.get(key);
}

/** A value of the stack's configuration. */
export function configured(key: string): string | undefined {
  return stackConfig(key);
}

/** Whether previews and updates look at the live state: unless the stack's configuration turns that off. */
export function looksForDrift(): boolean {
  return configured("azure-dataprotection:lookForDrift") !== "false";
}

/** Runs a verb that may change something, as {@link serveRead} does. */
export async function serve<Result>(
  doing: string,
  verb: (opened: Session) => Promise<Result>,
): Promise<Result> {
  mayWrite = true;
  return serveRead(doing, verb);
}

/**
 * Runs a verb in the session of this operation, and makes its result and its failure fit for the way to the engine.
 *
 * @param doing - What is being done and to what, as in `deleting backup instance <id>`.
 */
export async function serveRead<Result>(
  doing: string,
  verb: (opened: Session) => Promise<Result>,
): Promise<Result> {
  try {
    return forHost(await verb(await openedSession()));
  } catch (error) {
    throw error instanceof PartialFailure ? error : new Failure(doing, error);
  }
}

/** Opened by the first verb that speaks to the service. A failure is not kept. */
async function openedSession(): Promise<Session> {
  const opening = (session ??= openSession(stackConfig, memory, () => mayWrite));
  opening.catch(() => {
    session = session === opening ? undefined : session;
  });
  return opening;
}
