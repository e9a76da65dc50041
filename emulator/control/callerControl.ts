import { randomUUID } from "node:crypto";
import { roleOfName } from "../arm/builtInRoles";
import type { Cloud } from "../cloud";
import { callerOf } from "../identity/callers";
import type { CallerRole } from "../identity/callers";
import { ControlError } from "./emulatorControl";
import type { CallerCredentials } from "./emulatorControl";

export function addCaller(cloud: Cloud, roles: readonly CallerRole[]): CallerCredentials {
  checkRoles(roles);
  const [clientId, principalId] = [randomUUID(), randomUUID()];
  cloud.callers.put({ id: principalId, clientId, roles });
  cloud.principalIds.add(principalId);
  return { clientId, clientSecret: cloud.tokens.secretOf(clientId), principalId };
}

export function setCallerRoles(cloud: Cloud, clientId: string, roles: readonly CallerRole[]): void {
  checkRoles(roles);
  const caller = callerOf(cloud.callers, clientId);
  if (!caller) {
    throw new ControlError(`There is no application ${clientId}.`);
  }
  cloud.callers.put({ ...caller, roles });
}

function checkRoles(roles: readonly CallerRole[]): void {
  const unknown = roles.find(({ role }) => roleOfName(role) === undefined);
  if (unknown) {
    throw new ControlError(`There is no role '${unknown.role}'.`);
  }
}
