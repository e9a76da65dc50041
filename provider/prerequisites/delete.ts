import { Deadline } from "../azure/http/deadline";
import { ArmError, isNotFound } from "../azure/http/errors";
import { ownerOf } from "../lifecycle/claim";
import { explainFailure } from "../explain/explainFailure";
import { progressOf } from "../dataProtection/waiting";
import type { Session } from "../host/session";
import { deleteResource, findResource } from "./arm";
import { deleteGuarded, vaultIdOf } from "./guard";
import type { Holder } from "./holders";
import { describeHolders, freeFrom, holdersOf } from "./holders";
import type { PrerequisiteOutputs } from "./inputs";
import { kinds, scopeOf } from "./kinds";
import { deleteOnceUnlocked } from "./serviceLock";

const limitInMs = 30 * 60_000;
/** A deletion of a vault is reported as done before the vault is gone (azure-rest-api-specs#38944). */
const paceInMs = 10_000;

/**
 * Deletes a resource, unless something still needs it: another resource of this operation, another stack that took it
 * over, or a backup instance, soft-deleted ones included. Azure would refuse the deletion of a vault or policy then, in the
 * middle of taking a stack down; so it is left in Azure and named, with the date from which nothing needs it, and the next
 * update of the stack finds it again.
 *
 * @throws when an instance of the program should have been bound to another policy, and is not: then this one stays in state,
 *   and goes with the update that binds it.
 */
export async function deletePrerequisite(
  session: Session,
  id: string,
  state: PrerequisiteOutputs,
): Promise<void> {
  if (state.servedBy !== undefined || session.keptResources.isKept(id)) {
    return;
  }
  const { clock } = session.service.client;
  const deadline = new Deadline(clock, limitInMs, "the limit of 30m for a deletion");
  const { what } = kinds[state.sort];
  try {
    if (state.wasNotMade && !(await isLeftBehind(session, state, deadline))) {
      return;
    }
    const reason = await reasonToLeave(session, state, deadline);
    if (reason !== undefined) {
      await session.rows.say(id, `left ${what} ${id} in Azure: ${reason}`, "warning");
      return;
    }
    await deleteAndSee(session, state, deadline);
  } catch (error) {
    if (!isNotFound(error)) {
      const context = { vaultId: vaultIdOf(state) };
      throw new Error(explainFailure(`deleting ${what} ${id}`, error, context), { cause: error });
    }
  }
}

/**
 * Whether there is such a resource all the same: a run that was interrupted may have left it. Whom Azure refuses a look never
 * had one made.
 */
async function isLeftBehind(
  session: Session,
  state: PrerequisiteOutputs,
  deadline: Deadline,
): Promise<boolean> {
  const found = await findResource(session.service.client, state, deadline).catch((error: unknown) => {
    if (error instanceof ArmError && error.statusCode < 500) {
      return undefined;
    }
    throw error;
  });
  return found !== undefined;
}

async function reasonToLeave(
  session: Session,
  state: PrerequisiteOutputs,
  deadline: Deadline,
): Promise<string | undefined> {
  if (kinds[state.sort].hasTags) {
    const live = await findResource(session.service.client, state, deadline);
    const owner = live && ownerOf(live);
    if (live !== undefined && owner !== state.claimedBy) {
      return owner === undefined
        ? "somebody took away the tag by which it belongs to this stack"
        : `it belongs to stack ${owner} now`;
    }
  }
  const holders = await holdersOf(session, state, deadline);
  const { what, isReboundFrom } = kinds[state.sort];
  const unbound = isReboundFrom ? holders.find(isOfProgram(session)) : undefined;
  if (unbound !== undefined) {
    throw new Error(
      `deleting ${what} ${state.resourceId}: backup instance ${unbound.instanceId} is still bound to it. The update that binds ` +
        "that to another one deletes this one",
    );
  }
  return holders.length === 0 ? undefined : explainHolders(state, holders);
}

function isOfProgram({ keptResources }: Session): (holder: Holder) => boolean {
  return ({ instanceId, keptUntil }) => keptUntil === undefined && keptResources.isKept(instanceId);
}

function explainHolders({ sort, resourceId }: PrerequisiteOutputs, holders: Holder[]): string {
  const moment = freeFrom(holders);
  const { isNeededForRecovery } = kinds[sort];
  const sentences = [`it is needed by ${describeHolders(holders)}.`];
  if (isNeededForRecovery) {
    sentences.push("The next `pulumi up` of this stack that declares it takes it over again.");
  }
  if (sort === "backupVault") {
    sentences.push("Its resource group cannot be deleted before it either.");
  }
  if (moment !== undefined) {
    sentences.push(
      `After ${moment} nothing needs it: \`${deletionCommand(sort, resourceId)}\` deletes it then.`,
    );
  }
  return sentences.join(" ");
}

function deletionCommand(sort: PrerequisiteOutputs["sort"], resourceId: string): string {
  return sort === "resourceGroup"
    ? `az group delete --name ${resourceId.split("/").at(-1)} --subscription ${resourceId.split("/")[2]}`
    : `az resource delete --ids ${resourceId}`;
}

async function deleteAndSee(session: Session, state: PrerequisiteOutputs, deadline: Deadline): Promise<void> {
  const { client } = session.service;
  const { what, isContainer } = kinds[state.sort];
  const showProgress = session.rows.progressOn(state.resourceId);
  const tell = progressOf(showProgress, "waiting for Azure to delete it");
  const remove = async (): Promise<void> => {
    const operation = await deleteResource(client, state, deadline);
    await operation.wait(deadline, `deleting ${what} ${state.resourceId}`, tell);
  };
  const waiting = { clock: client.clock, deadline, showProgress };
  await deleteOnceUnlocked(
    session,
    scopeOf(state.resourceId),
    async () => deleteGuarded(session, state, remove, waiting),
    waiting,
  );
  const startedAt = client.clock.now();
  while (isContainer && (await findResource(client, state, deadline)) !== undefined) {
    const waitingFor = `waiting until ${what} ${state.resourceId} is gone`;
    deadline.mustAllow(paceInMs, waitingFor, "it is still there");
    tell(client.clock.now() - startedAt);
    await client.clock.sleep(paceInMs);
  }
}
