import { Deadline } from "../azure/http/deadline";
import { isAmbiguous } from "../azure/http/errors";
import { claimedTags, ownerOf } from "../lifecycle/claim";
import { explainFailure } from "../explain/explainFailure";
import type { GuardApproval } from "../dataProtection/resourceGuard";
import { progressOf } from "../dataProtection/waiting";
import { PartialFailure } from "../lifecycle/failures";
import type { Session } from "../host/session";
import type { WireResource } from "./arm";
import { findResource, findSameAssignment, isMadeElsewhere, locationOfGroup, putResource } from "./arm";
import { putGuarded, vaultIdOf } from "./guard";
import type { PrerequisiteInputs, PrerequisiteOutputs } from "./inputs";
import { kinds } from "./kinds";

const limitInMs = 30 * 60_000;

/**
 * Makes Azure hold the resource as it is declared. What this stack made before and is still there is taken over: what an
 * interrupted run left, and what a destroy had to leave.
 */
export async function putPrerequisite(
  session: Session,
  declared: PrerequisiteInputs,
  step: "creating" | "updating",
): Promise<PrerequisiteOutputs> {
  return new Put(session, declared, step).run();
}

class Put {
  readonly #what: string;
  readonly #deadline: Deadline;
  /** Whether Azure holds the resource, or may hold it: then state must know of it whatever happens. */
  #mayBeHeld = false;

  constructor(
    private readonly session: Session,
    private readonly declared: PrerequisiteInputs,
    private readonly step: "creating" | "updating",
  ) {
    this.#what = `${step} ${kinds[declared.sort].what} ${declared.resourceId}`;
    const { clock } = session.service.client;
    this.#deadline = new Deadline(clock, limitInMs, "the limit of 30m for what protection rests on");
  }

  async run(): Promise<PrerequisiteOutputs> {
    const { declared, session } = this;
    try {
      const seen = await this.#put();
      session.keptResources.keep(declared.resourceId);
      return outputsOf(declared, seen);
    } catch (error) {
      const message = explainFailure(this.#what, error, { vaultId: vaultIdOf(declared) });
      if (this.#mayBeHeld) {
        throw new PartialFailure(message, declared.resourceId, outputsOf(declared, {}), { cause: error });
      }
      throw new Error(message, { cause: error });
    }
  }

  async #put(): Promise<WireResource & { servedBy?: string }> {
    const { declared } = this;
    const { client } = this.session.service;
    const { hasTags } = kinds[declared.sort];
    if (hasTags && this.step === "creating") {
      this.#refuseForeign(await findResource(client, declared, this.#deadline));
    }
    try {
      await this.#send(await this.#body());
    } catch (error) {
      this.#mayBeHeld ||= isAmbiguous(error);
      const servedBy = isMadeElsewhere(error)
        ? await findSameAssignment(client, declared, this.#deadline)
        : undefined;
      if (servedBy === undefined) {
        throw error;
      }
      return { servedBy };
    }
    return (await findResource(client, declared, this.#deadline)) ?? {};
  }

  async #send(body: WireResource): Promise<void> {
    const { session, declared } = this;
    const { client } = session.service;
    const deadline = this.#deadline;
    const showProgress = session.rows.progressOn(declared.resourceId);
    const tell = progressOf(
      showProgress,
      `waiting for Azure to ${this.step === "creating" ? "create" : "change"} it`,
    );
    const put = async (approval?: GuardApproval): Promise<void> => {
      const operation = await putResource(client, declared, body, deadline, approval);
      this.#mayBeHeld = true;
      await operation.wait(deadline, this.#what, tell);
    };
    await putGuarded(session, declared, put, { clock: client.clock, deadline, showProgress });
  }

  async #body(): Promise<WireResource> {
    const { sort, resourceId, identity, properties, tags, claimedBy } = this.declared;
    const { hasLocation, hasTags } = kinds[sort];
    const location =
      this.declared.location ?? (hasLocation ? await this.#groupLocation(resourceId) : undefined);
    return {
      ...(location === undefined ? {} : { location }),
      ...(identity === undefined ? {} : { identity }),
      ...(properties === undefined ? {} : { properties }),
      ...(hasTags ? { tags: claimedTags({ tags }, { claimedBy }) } : {}),
    };
  }

  async #groupLocation(resourceId: string): Promise<string | undefined> {
    return locationOfGroup(this.session.service.client, resourceId, this.#deadline);
  }

  /** What somebody else made is not taken over: two stacks would both show it as theirs, and the first to go delete it. */
  #refuseForeign(existing: WireResource | undefined): void {
    const { sort, resourceId, claimedBy } = this.declared;
    const owner = existing && ownerOf(existing);
    if (existing !== undefined && (owner === undefined || owner !== claimedBy)) {
      const whose = owner === undefined ? "no stack has made it" : `it belongs to stack ${owner}`;
      throw new Error(
        `${this.#what}: there is a ${kinds[sort].what} of this name, and ${whose}; give another name, or refer to ` +
          `${resourceId} by its id instead of declaring it`,
      );
    }
  }
}

function outputsOf(
  declared: PrerequisiteInputs,
  { location, identity, servedBy }: WireResource & { servedBy?: string },
): PrerequisiteOutputs {
  return { ...declared, location: declared.location ?? location, principals: identity, servedBy };
}
