import { Deadline } from "../azure/http/deadline";
import { isAmbiguous } from "../azure/http/errors";
import { TracedError } from "../azure/http/tracing";
import { asRecord } from "../azure/json";
import { explainFailure } from "../explain/explainFailure";
import { isOfCaller, isRefusal } from "../dataProtection/refusals";
import type { GuardApproval } from "../dataProtection/resourceGuard";
import type { InputProblem } from "../dataProtection/inputProblem";
import { progressOf } from "../dataProtection/waiting";
import { PartialFailure } from "../lifecycle/failures";
import type { Session } from "../host/session";
import { findResource, findSameAssignment, locationOfGroup, putResource } from "./arm";
import { foreignProblems } from "./foreign";
import { putGuarded, vaultIdOf } from "./guard";
import type { PrerequisiteInputs, PrerequisiteOutputs } from "./inputs";
import { problemsInUse } from "./inUse";
import { forgetLook } from "./live";
import { kinds } from "./kinds";
import { changesAnything, mergedBody } from "./merge";
import { onePerProperty, weakerSetting, weakenings } from "./weakening";
import type { LiveResource, WireResource } from "./wireResource";

const limitInMs = 30 * 60_000;
/** A read right after a write may show what was there before. */
const paceInMs = 5_000;
const shownWithinInMs = 5 * 60_000;

/**
 * Makes Azure hold the resource as it is declared, and leaves what others have set of it. What this stack made before and is
 * still there is taken over: what an interrupted run left, and what a destroy had to leave.
 *
 * @param before - What state holds, when the resource is not new.
 */
export async function putPrerequisite(
  session: Session,
  declared: PrerequisiteInputs,
  before: PrerequisiteOutputs | undefined,
): Promise<PrerequisiteOutputs> {
  return new Put(session, declared, before).run();
}

type Result = WireResource & { servedBy?: string };

class Put {
  readonly #step: "creating" | "updating";
  readonly #what: string;
  readonly #deadline: Deadline;
  /** Whether Azure holds the resource, or may hold it: then state must know of it whatever happens. */
  #mayBeHeld = false;

  constructor(
    private readonly session: Session,
    private readonly declared: PrerequisiteInputs,
    private readonly before: PrerequisiteOutputs | undefined,
  ) {
    this.#step = before === undefined ? "creating" : "updating";
    this.#what = `${this.#step} ${kinds[declared.sort].what} ${declared.resourceId}`;
    const { clock } = session.service.client;
    this.#deadline = new Deadline(clock, limitInMs, "the limit of 30m for what protection rests on");
  }

  async run(): Promise<PrerequisiteOutputs> {
    const { declared, session } = this;
    // Before anything can fail: what the program declares is kept, whatever becomes of it.
    session.keptResources.keep(declared.resourceId);
    try {
      return outputsOf(declared, await this.#put());
    } catch (error) {
      const message = explainFailure(this.#what, error, { vaultId: vaultIdOf(declared) });
      if (this.#mayBeHeld) {
        throw new PartialFailure(message, declared.resourceId, outputsOf(declared, {}), { cause: error });
      }
      throw new Error(message, { cause: error });
    }
  }

  async #put(): Promise<Result> {
    const { declared, before } = this;
    const live = await this.#look();
    const body = mergedBody(live, declared, before);
    if (live !== undefined) {
      this.#refuse(live, foreignProblems(live, declared, before));
      this.#refuse(live, await this.#weakenings(live, body));
      if (!changesAnything(declared.sort, live, body)) {
        return live;
      }
    }
    return this.#send({ ...body, ...(await this.#location(body)) }, live);
  }

  /** A PUT never changes what is immutable, so that it needs no look where nobody may look. */
  async #look(): Promise<LiveResource | undefined> {
    const { client } = this.session.service;
    try {
      return await findResource(client, this.declared, this.#deadline);
    } catch (error) {
      if (kinds[this.declared.sort].isImmutable && isOfCaller(error)) {
        return undefined;
      }
      throw error;
    }
  }

  async #send(body: WireResource, live: LiveResource | undefined): Promise<Result> {
    const { session, declared } = this;
    const { client } = session.service;
    const deadline = this.#deadline;
    const showProgress = session.rows.progressOn(declared.resourceId);
    const doing = `waiting for Azure to ${this.#step === "creating" ? "create" : "change"} it`;
    const tell = progressOf(showProgress, doing);
    let shown: WireResource = {};
    forgetLook(session, declared);
    const put = async (approval?: GuardApproval): Promise<void> => {
      const operation = await putResource(client, declared, body, deadline, approval);
      this.#mayBeHeld = true;
      await operation.wait(deadline, this.#what, tell);
      shown = asRecord(operation.accepted.body);
    };
    try {
      await putGuarded(session, declared, body, put, { clock: client.clock, deadline, showProgress });
    } catch (error) {
      return this.#insteadOf(error, live);
    }
    return kinds[declared.sort].isImmutable ? shown : this.#seenAfter(body);
  }

  /** What serves although the PUT was refused, for whatever reason: the same thing that somebody else has made. */
  async #insteadOf(error: unknown, live: LiveResource | undefined): Promise<Result> {
    const { session, declared } = this;
    this.#mayBeHeld ||= isAmbiguous(error);
    const servedBy = isRefusal(error)
      ? await findSameAssignment(session.service.client, declared, this.#deadline)
      : undefined;
    if (servedBy !== undefined) {
      return { servedBy };
    }
    // A policy's name holds its content, some of which the service spells in its own way.
    const isThere = declared.sort === "backupPolicy" && live !== undefined;
    const isUnchangeable = isThere && isRefusal(error) && !isOfCaller(error);
    if (isUnchangeable && weakerSetting(declared.sort, live, declared) === undefined) {
      return live;
    }
    throw error;
  }

  /** The resource as Azure shows it after the PUT; what it shows too early may be what was there before. */
  async #seenAfter(body: WireResource): Promise<WireResource> {
    const { client } = this.session.service;
    const { sort } = this.declared;
    const deadline = new Deadline(client.clock, shownWithinInMs, "the limit of 5m for a change to be shown");
    for (;;) {
      const live = await findResource(client, this.declared, deadline);
      const lack = live === undefined ? "it is not there" : lackOf(sort, live, body);
      if (live !== undefined && lack === undefined) {
        return live;
      }
      deadline.mustAllow(paceInMs, this.#what, `Azure has accepted it, and ${lack}`);
      await client.clock.sleep(paceInMs);
    }
  }

  async #location({ location }: WireResource): Promise<Pick<WireResource, "location">> {
    const { sort, resourceId } = this.declared;
    if (location !== undefined || !kinds[sort].hasLocation) {
      return {};
    }
    const { client } = this.session.service;
    const ofGroup = await locationOfGroup(client, resourceId, this.#deadline);
    return ofGroup === undefined ? {} : { location: ofGroup };
  }

  async #weakenings(live: LiveResource, body: WireResource): Promise<InputProblem[]> {
    const { session, declared, before } = this;
    const change = [live.properties, body.properties] as const;
    return [
      ...weakenings(live, body, declared, before),
      ...(await problemsInUse(session, declared, [...change], this.#deadline)),
    ];
  }

  #refuse({ correlationId }: LiveResource, problems: InputProblem[]): void {
    if (problems.length > 0) {
      throw new TracedError(`${this.#what}: ${inWords(onePerProperty(problems))}`, correlationId);
    }
  }
}

/** What a resource does not show of what was sent. */
function lackOf(
  sort: PrerequisiteInputs["sort"],
  live: WireResource,
  sent: WireResource,
): string | undefined {
  const isOwnAsked = /SystemAssigned/i.test(String(sent.identity?.type));
  if (isOwnAsked && typeof live.identity?.principalId !== "string") {
    return "its identity has no principal";
  }
  const weaker = weakerSetting(sort, live, sent);
  return weaker === undefined ? undefined : `${weaker} is not as it was asked for`;
}

function inWords(problems: InputProblem[]): string {
  return problems.map(({ property, reason }) => `${property}: ${reason}`).join("; ");
}

function outputsOf(
  declared: PrerequisiteInputs,
  { location, identity, servedBy }: Result,
): PrerequisiteOutputs {
  return { ...declared, location: declared.location ?? location, principals: identity, servedBy };
}
