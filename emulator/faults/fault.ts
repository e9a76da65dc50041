/** An answer in place of the service's: any refusal, with any code or none, in any shape. */
export interface FaultAnswer {
  /** Of HTTP. */
  status: number;
  /** Besides `content-type`. */
  headers?: Record<string, string>;
  /** Sent as JSON; default: an error as Resource Manager writes it. */
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  text?: string;
}

/** The service accepts a request and does nothing, and the operation that it begins ends so; a PATCH or PUT without one is just not made. */
export interface InVain {
  /** The end of the operation. */
  operation: OperationOutcome;
}

/** How an operation ends. */
export interface OperationOutcome {
  /** `Succeeded`, `Failed`, `Canceled` or any other word. */
  status: string;
  /** The `error` of its status, in any shape. @default none */
  error?: unknown;
}

/**
 * The service acts, but answers without an operation to follow: how it ends, only `properties.provisioningState` tells. With another
 * state than `Succeeded` the resource is there and nothing more becomes of it.
 */
export interface ToldByState {
  /** As in `Failed`, `Canceled` or `Succeeded`. */
  provisioningState: string;
  /** Whether the answer says so already, and not only the reads after it. @default false */
  isInAnswer?: boolean;
}

/** What can happen to a request, besides an answer of one's own. */
export const faultNames = [
  /** The connection breaks; the service never saw the request. */
  "connectionReset",
  /** The service acts, and the connection breaks before its answer is sent. */
  "resetAfterAction",
  /** No answer ever comes; the service never saw the request. */
  "hang",
  /** The service acts, and no answer ever comes. */
  "hangAfterAction",
  /** The service acts, and the answer's JSON ends in the middle. */
  "truncatedJson",
  /** The service acts, and a page of some proxy comes instead of its JSON. */
  "html",
  /** The service acts, and 200 comes with no body and no operation to follow. */
  "emptyBody",
] as const;

/** What can happen to a request, besides an answer of one's own. */
export type FaultName = (typeof faultNames)[number];
/** What goes wrong. */
export type Fault = FaultAnswer | InVain | ToldByState | FaultName;

/** Which requests go wrong, and how. */
export interface FaultInjection {
  /** Without it, every request matches. */
  match?: {
    /** In capitals. */
    method?: string;
    /** Tested against the path as asked, without the query. */
    path?: RegExp;
  };
  /** The first matching request that goes wrong, counted from 1 since the injection. @default 1 */
  occurrence?: number;
  /** How many matching requests go wrong from then on; `Infinity` for all. @default 1 */
  times?: number;
  /** What goes wrong. */
  fault: Fault;
}

/** A fault or a lag that waits for its requests. */
export interface InjectedFault {
  /** How many requests have gone wrong so far. */
  readonly hits: number;
  /** Lets no more requests go wrong. */
  remove(): void;
}

/** The fault as an exchange shows it. */
export function nameOfFault(fault: Fault): string {
  if (typeof fault === "string") {
    return fault;
  }
  if ("operation" in fault) {
    return `in vain, ${fault.operation.status}`;
  }
  return "provisioningState" in fault
    ? `provisioningState ${fault.provisioningState}`
    : `status ${fault.status}`;
}
