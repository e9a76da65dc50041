import { clientId, servicePrincipalId } from "../accounts";
import type { Collection } from "../collection";

/** A role of a caller on a scope and on all that lies below it. */
export interface CallerRole {
  /** The name of a built-in role, as in `Backup Contributor`. */
  role: string;
  /** A subscription, a resource group, a resource, or `/` for everything. */
  scopeId: string;
}

/** An application that signs in. */
export interface Caller {
  /** The object id of its service principal. */
  id: string;
  clientId: string;
  /** What it may do from the start. They come from above, like those of a management group: no list shows them. */
  roles: readonly CallerRole[];
}

/** The application that clients sign in as unless they choose another one: it may do everything. */
export const defaultCaller: Caller = {
  id: servicePrincipalId,
  clientId,
  roles: [{ role: "Owner", scopeId: "/" }],
};

export function callerOf(callers: Collection<Caller>, id: string): Caller | undefined {
  return callers.all().find((caller) => caller.clientId === id.toLowerCase());
}
