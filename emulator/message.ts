/** A request after routing. */
export interface Call {
  method: string;
  /** Decoded path with one leading slash and the case that the client used. */
  path: string;
  /** The path's named segments, for example `subscriptionId`. */
  parameters: Record<string, string>;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed JSON; undefined when there was no body. */
  body: unknown;
  bodyText: string;
  /** `https://127.0.0.1:<port>`, or with `localhost` when the client called it so. */
  origin: string;
  apiVersion: string;
  /** The tenant that the caller's token is of; empty where none is needed. */
  tenantId: string;
  /** The caller's object id in the directory; empty where no token is needed. */
  principalId: string;
  /** Other tenants, of which the caller sent tokens along. */
  auxiliaryTenantIds: string[];
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; absent for an empty body. */
  body?: unknown;
}

export const answer = (status: number, body?: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  ...(body === undefined ? {} : { body }),
});

/** An absolute URL for a header or a `nextLink`; names in the path may hold what no header may. */
export function absoluteUrl(call: Call, path: string, query: string): string {
  const encoded = encodeURI(path).replace(/[?#]/g, encodeURIComponent);
  return `${call.origin}${encoded}?${query}`;
}
