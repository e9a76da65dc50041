import { otherOwnerOf, takingOut } from "../lifecycle/claim";
import { isAsDesired, protectsDatasource } from "../dataProtection/backupInstance";
import type { ProtectionMeaning } from "../dataProtection/protectionState";
import { meaningOf, protectionStateOf } from "../dataProtection/protectionState";
import type { WireBackupInstance } from "../dataProtection/wire";
import type { CheckedInputs, InstanceOutputs } from "./inputs";
import { isUnknown } from "../lifecycle/unknownValues";
import type { Session } from "../host/session";
import { lookDeadline } from "../host/session";

/** How the service's view differs from the declaration, and what an update does about it. */
export interface Drift {
  difference: string;
  remedy: string;
}

/** What an update does about each meaning of a protection state; nothing about the one that is well. */
const remedies: Partial<Record<ProtectionMeaning, string>> = {
  broken: "has the service repair it",
  pending: "waits until it is",
  paused: "takes the backups up again",
  deleted: "fails until the deletion has ended, and has the instance back then",
  unknown: "looks at it again",
};

/**
 * Compares the live instance with what is declared; `undefined` when nothing is to be done. An instance that is well never
 * differs, in whatever casing or with whatever else the service answers, and one that is as it was left only differs
 * because the program does.
 *
 * @param left - What the last update declared.
 */
export function driftOf(
  live: WireBackupInstance | undefined,
  declared: CheckedInputs,
  left: CheckedInputs = declared,
): Drift | undefined {
  if (live === undefined) {
    return {
      difference: "the backup instance is gone",
      remedy: "creates it again, or has it back if it is soft-deleted",
    };
  }
  const state = protectionStateOf(live);
  const remedy = remedies[meaningOf(state)];
  if (remedy !== undefined) {
    return { difference: notProtected(state), remedy };
  }
  if (isUnknown(declared) || !protectsDatasource(live, declared.datasource)) {
    return undefined;
  }
  if (isAsDesired(live, declared) || isAsDesired(live, left)) {
    return undefined;
  }
  return {
    difference: "policy, containers, identity or friendly name were changed outside of this stack",
    remedy: "changes them back",
  };
}

/**
 * Looks at the live instance of a resource that is not to be replaced, and says on its row how it differs. One look serves
 * all instances of a vault.
 *
 * @returns Whether an update is needed for it.
 */
export async function lookForDrift(
  session: Session,
  id: string,
  left: InstanceOutputs,
  declared: CheckedInputs,
): Promise<boolean> {
  const live = await session.live.find(id, lookDeadline(session));
  const warn = async (message: string): Promise<void> => session.rows.say(id, message, "warning");
  const owner = live && otherOwnerOf(live, declared, left.claimedBy);
  if (owner !== undefined) {
    await warn(
      `the backup instance belongs to stack ${owner}, so nothing is done about it here: ${takingOut}`,
    );
    return false;
  }
  const drift = driftOf(live, declared, left);
  if (drift === undefined) {
    return false;
  }
  if (!healsDrift(declared, left)) {
    await warn(leftAsItIs(drift.difference));
    return false;
  }
  await warn(`${drift.difference}: this update ${drift.remedy}`);
  return true;
}

/** Whether an update mends what it finds: always after one that was to protect the datasource and could not. */
export function healsDrift({ healDrift }: CheckedInputs, left: InstanceOutputs | undefined): boolean {
  return healDrift !== false || left === undefined || left.isUnfinished === true;
}

/** What a row says of a difference that is not mended. */
export function leftAsItIs(difference: string): string {
  return `${difference}; healDrift is false, so it is left like that`;
}

/** How an instance differs whose protection is not as it should be. */
export function notProtected(protectionState: string): string {
  return `the datasource is not protected (${protectionState})`;
}
