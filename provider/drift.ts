import { isAsDesired, protectsDatasource } from "./dataProtection/backupInstance";
import type { ProtectionMeaning } from "./dataProtection/protectionState";
import { meaningOf, protectionStateOf } from "./dataProtection/protectionState";
import type { WireBackupInstance } from "./dataProtection/wire";
import type { CheckedInputs } from "./inputs";
import { isUnknown } from "./inputs";
import type { Session } from "./session";
import { lookDeadline } from "./session";

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
  left = declared,
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
    return { difference: `the datasource is not protected (${state})`, remedy };
  }
  if (isUnknown(declared) || !protectsDatasource(live, declared.datasource)) {
    return undefined;
  }
  if (isAsDesired(live, declared) || isAsDesired(live, left)) {
    return undefined;
  }
  return {
    difference: "policy, containers or friendly name were changed outside of this stack",
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
  left: CheckedInputs,
  declared: CheckedInputs,
): Promise<boolean> {
  const drift = driftOf(await session.live.find(id, lookDeadline(session)), declared, left);
  if (drift === undefined) {
    return false;
  }
  if (declared.healDrift === false) {
    await session.rows.say(id, `${drift.difference}; healDrift is false, so it is left like that`, "warning");
    return false;
  }
  await session.rows.say(id, `${drift.difference}: this update ${drift.remedy}`, "warning");
  return true;
}
