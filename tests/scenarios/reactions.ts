import type { Reaction } from "./scenario";

/** The columns of the table: an outcome, the requests, and what is said; reds have their message first. */
type Column = (requests: string[], ...says: string[]) => Reaction;
type RedColumn = (message: string, requests: string[], ...says: string[]) => Reaction;

/** The resource is created or updated, and its datasource protected. */
export const green: Column = (requests, ...says) => ({ outcome: "green", requests, ...saying(says) });

/** The update ends well with backups that are paused, as the program wants it, and a warning says so. */
export const leftPaused: Column = (requests, ...says) => ({
  outcome: "left paused",
  requests,
  ...saying(says),
});

/** The operation fails, and state holds the resource from now on, or still holds it. */
export const redKept: RedColumn = (message, requests, ...says) => ({
  outcome: "red, kept in state",
  message,
  requests,
  ...saying(says),
});

/** The creation fails, and state does not hold the resource. */
export const redAbsent: RedColumn = (message, requests, ...says) => ({
  outcome: "red, not in state",
  message,
  requests,
  ...saying(says),
});

/** The operation fails, and state holds what it held. */
export const redAsBefore: RedColumn = (message, requests, ...says) => ({
  outcome: "red, state as before",
  message,
  requests,
  ...saying(says),
});

/** What a preview plans; for an update, that there is nothing to do. */
export function plan(
  what: "create" | "same" | "update" | "replace",
  requests: string[],
  ...says: string[]
): Reaction {
  return { outcome: `plan: ${what}`, requests, ...saying(says) };
}

/** What a refresh writes into state as the protection state. */
export function shows(protectionState: string, requests: string[]): Reaction {
  return { outcome: `shows ${protectionState}`, requests };
}

/** The refresh takes the resource out of state. */
export const goneFromState: Column = (requests) => ({ outcome: "gone from state", requests });

/** The deletion succeeds. */
export const deleted: Column = (requests, ...says) => ({ outcome: "deleted", requests, ...saying(says) });

/** The same, and the protection state of the instance afterwards; `nothing` when it is not there. */
export function leaving(protectionState: string, reaction: Reaction): Reaction {
  return { ...reaction, leaves: protectionState };
}

/** Refused by the preview of the creation already, in the words of the creation. */
export function refusedFromPreviewOn(
  property: string,
  message: string,
  requests: string[],
): { previewOfCreate: Reaction; create: Reaction } {
  return {
    previewOfCreate: redAbsent(`${property}: ${message}`, requests),
    create: redAbsent(message, requests),
  };
}

function saying(says: string[]): { says?: string[] } {
  return says.length === 0 ? {} : { says };
}
