/** Response headers with lower-case names. */
export type Headers = Readonly<Record<string, string>>;

/** Headers in milliseconds that Microsoft's SDKs know besides Retry-After (core-rest-pipeline, throttlingRetryStrategy). */
const millisecondHeaders = ["retry-after-ms", "x-ms-retry-after-ms"];

/** Shortest wait that a header in whole seconds or a date can ask for: `0` and past dates must not become a busy loop. */
const shortestWaitInMs = 1_000;
/** Shortest wait that a header in milliseconds can ask for. */
const shortestMillisecondWaitInMs = 5;
/** Longest wait that is believed: Resource Manager's contract allows up to ten minutes (RPC v1.0, Addendum). */
const longestWaitInMs = 600_000;

/**
 * The wait that a response asks for, in milliseconds, or `undefined` when it asks for none that can be read.
 *
 * @param now - The present, in milliseconds since 1970, for the date form.
 * @example
 * parseRetryAfter({ "retry-after": "15" }, Date.now()); // 15000
 */
export function parseRetryAfter(headers: Headers, now: number): number | undefined {
  for (const name of millisecondHeaders) {
    const value = headers[name];
    if (value !== undefined && /^\d{1,15}$/.test(value.trim())) {
      return clamp(Number(value), shortestMillisecondWaitInMs);
    }
  }
  const value = headers["retry-after"]?.trim();
  if (value === undefined) {
    return undefined;
  }
  if (/^\d+$/.test(value)) {
    return clamp(Number(value) * 1_000, shortestWaitInMs);
  }
  const date = /^[A-Za-z]{3},? /.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : clamp(date - now, shortestWaitInMs);
}

function clamp(durationInMs: number, shortestInMs: number): number {
  return Math.min(Math.max(durationInMs, shortestInMs), longestWaitInMs);
}
