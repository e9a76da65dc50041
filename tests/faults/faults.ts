import type { Fault } from "../../emulator";

/** Whether only one request goes wrong, or all from it on until the run ends. */
export type Times = "once" | "from then on";

/** Something that happens to one request. */
export interface RequestFault {
  name: string;
  /** Nobody listens, or what the emulator does instead of answering; times are in milliseconds since 1970. */
  fault: "connectionRefused" | ((now: number, times: Times) => Fault);
  /**
   * Whether it goes by and left no trace, so that a client that asks again must end as if nothing had happened. Not so where
   * the service acted and its answer was lost, and where the answer cannot be told from a good one.
   */
  isHarmless: boolean;
  /** Whether it means something at the token endpoint, where the identity library decides what is asked again. */
  isHarmlessForSignIn?: boolean;
}

const minuteInMs = 60_000;

function status(code: number, headers?: Record<string, string>): RequestFault["fault"] {
  return () => ({ status: code, headers });
}

/** A service that is down for good names a date that no deadline reaches. */
function tooManyUntil(now: number, times: Times): Fault {
  const until = now + (times === "once" ? 1 : 24 * 60) * minuteInMs;
  return { status: 429, headers: { "Retry-After": new Date(until).toUTCString() } };
}

const expired = {
  status: 401,
  headers: { "WWW-Authenticate": 'Bearer error="invalid_token"' },
  body: {
    error: { code: "ExpiredAuthenticationToken", message: "The access token expiry UTC time is earlier." },
  },
};

const busy = {
  status: 409,
  body: { error: { code: "AnotherOperationInProgress", message: "Another operation is in progress." } },
};

/** Everything that the sweep does to every request. */
export const requestFaults: readonly RequestFault[] = [
  { name: "408", fault: status(408), isHarmless: true },
  {
    name: "429, Retry-After in seconds",
    fault: status(429, { "Retry-After": "17" }),
    isHarmless: true,
  },
  {
    name: "429, Retry-After as a date",
    fault: tooManyUntil,
    isHarmless: true,
  },
  {
    name: "429, retry-after-ms",
    fault: status(429, { "retry-after-ms": "15000", "x-ms-retry-after-ms": "15000" }),
    isHarmless: true,
  },
  { name: "500", fault: status(500), isHarmless: true },
  { name: "502", fault: status(502), isHarmless: true },
  { name: "503", fault: status(503), isHarmless: true },
  { name: "504", fault: status(504), isHarmless: true },
  {
    name: "409 AnotherOperationInProgress",
    fault: () => busy,
    isHarmless: true,
    isHarmlessForSignIn: false,
  },
  { name: "connection refused", fault: "connectionRefused", isHarmless: true },
  { name: "reset before the service acted", fault: () => "connectionReset", isHarmless: true },
  { name: "reset after the service acted", fault: () => "resetAfterAction", isHarmless: false },
  {
    name: "hang before the service acted",
    fault: () => "hang",
    isHarmless: true,
    isHarmlessForSignIn: false,
  },
  { name: "hang after the service acted", fault: () => "hangAfterAction", isHarmless: false },
  { name: "truncated JSON", fault: () => "truncatedJson", isHarmless: false },
  { name: "HTML instead of JSON", fault: () => "html", isHarmless: false },
  { name: "an empty 200", fault: () => "emptyBody", isHarmless: false },
  { name: "401, token expired", fault: () => expired, isHarmless: true, isHarmlessForSignIn: false },
];
