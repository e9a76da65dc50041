import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { ManagementLock } from "../records/governance";
import { ArmError, badRequest, conflict } from "./errors";
import { property, requireObject, textProperty } from "./requestBody";
import { isWithin, nameOf } from "./resourceId";

export function lockIdOf(scope: string, name: string): string {
  return `${scope}/providers/Microsoft.Authorization/locks/${name}`;
}

const idFrom = ({ parameters }: Call): string => lockIdOf(parameters["scope"]!, parameters["name"]!);

export function putLock(cloud: Cloud, call: Call): Answer {
  const properties = property(requireObject(call.body), "properties");
  const level = textProperty(properties, "level");
  if (level !== "CanNotDelete" && level !== "ReadOnly") {
    throw badRequest("LockLevelNotValid", `The lock level '${level ?? ""}' is not CanNotDelete or ReadOnly.`);
  }
  const existing = cloud.locks.get(idFrom(call));
  const notes = textProperty(properties, "notes");
  const lock: ManagementLock = {
    id: existing?.id ?? idFrom(call),
    scope: call.parameters["scope"]!,
    level,
    ...(notes ? { notes } : {}),
  };
  cloud.locks.put(lock);
  return answer(existing ? 200 : 201, render(lock));
}

export function getLock(cloud: Cloud, call: Call): Answer {
  const lock = cloud.locks.get(idFrom(call));
  if (!lock) {
    throw new ArmError(404, "LockNotFound", `The lock '${call.parameters["name"]}' could not be found.`);
  }
  return answer(200, render(lock));
}

/** Those at the scope and below it. */
export function listLocks(cloud: Cloud, call: Call): Answer {
  const scope = call.parameters["scope"]!;
  const value = cloud.locks.all().filter((lock) => isWithin(lock.scope, scope));
  return answer(200, { value: value.map(render) });
}

export function deleteLock(cloud: Cloud, call: Call): Answer {
  return answer(cloud.locks.delete(idFrom(call)) ? 200 : 204);
}

function render({ id, level, notes }: ManagementLock): Record<string, unknown> {
  return {
    properties: { level, ...(notes ? { notes } : {}) },
    id,
    type: "Microsoft.Authorization/locks",
    name: nameOf(id),
  };
}

/** Throws when a lock forbids the call: any lock forbids deletions, a read-only one every write and action too. */
export function checkManagementLocks(cloud: Cloud, { method, path }: Call): void {
  if (method === "GET" || method === "HEAD" || /\/providers\/Microsoft\.Authorization\/locks\//i.test(path)) {
    return;
  }
  const isDeletion = method === "DELETE";
  const holding = cloud.locks
    .all()
    .filter(({ scope }) => isWithin(path, scope) || (isDeletion && isWithin(scope, path)))
    .filter(({ level }) => isDeletion || level === "ReadOnly");
  if (holding.length > 0) {
    const scopes = [...new Set(holding.map(({ scope }) => `'${scope}'`))].join(",");
    throw conflict(
      "ScopeLocked",
      `The scope '${path}' cannot perform ${isDeletion ? "delete" : "write"} operation because following scope(s) ` +
        `are locked: ${scopes}. Please remove the lock and try again.`,
    );
  }
}
