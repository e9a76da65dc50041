import type { Headers } from "../azure/http/retryAfter";
import { correlationIdIn } from "../azure/http/tracing";

/** What the service showed, with the correlation id of the answer that showed it: for errors that judge it. */
export type Seen<Thing> = Thing & { readonly correlationId: string | undefined };

/** A thing of an answer with these headers. */
export function seenIn<Thing extends object>(headers: Headers, thing: Thing): Seen<Thing> {
  return { ...thing, correlationId: correlationIdIn(headers) };
}
