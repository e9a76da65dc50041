import type { Headers } from "./retryAfter";
import { parseRetryAfter } from "./retryAfter";

/** How one attempt of a request ended: with an answer, or without one. */
export type AttemptOutcome =
  | { kind: "answer"; statusCode: number; errorCode: string | undefined; headers: Headers }
  | { kind: "noAnswer"; networkErrorCode: string | undefined };

/** What to do after an attempt. */
export type RetryDecision = { retry: true; afterInMs: number } | { retry: false };

/** Answers that say "not now": the set of Microsoft's Go client (azcore, policy_retry.go). */
const retriedStatusCodes = new Set([408, 429, 500, 502, 503, 504]);
/** Conflicts that go by: Resource Manager serialises operations on one resource (azure-native retries the same one). */
const retriedConflictCodes = new Set(["AnotherOperationInProgress"]);
/**
 * Refusals that go by: the directory does not know a principal yet that was created a moment ago, which Resource Manager
 * answers to role assignments with and without a principal type (azurerm retries the same one).
 */
const retriedRefusalCodes = new Set(["PrincipalNotFound"]);
/** Connections that failed for a reason that may go by; a certificate or a name that is wrong stays wrong. */
const retriedNetworkErrorCodes = new Set([
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ERR_BAD_RESPONSE",
  "ETIMEDOUT",
]);

/** A network that is away for longer than these attempts take, one to two minutes, is something that people must see to. */
const mostAttemptsWithoutAnswer = 8;
const firstDelayInMs = 1_000;
const longestDelayInMs = 60_000;

/**
 * Decides whether a request is sent again: pure, so that the rules can be read and tested in one place.
 * Attempts that the service answered are bounded by the caller's deadline only.
 *
 * @param attempt - The number of attempts made so far, from 1.
 * @param now - The present, in milliseconds since 1970.
 * @param random - A number from 0 up to 1, which spreads the clients of one service.
 */
export function decideRetry(
  outcome: AttemptOutcome,
  attempt: number,
  now: number,
  random: number,
): RetryDecision {
  if (!isTransient(outcome) || (outcome.kind === "noAnswer" && attempt >= mostAttemptsWithoutAnswer)) {
    return { retry: false };
  }
  const askedInMs = outcome.kind === "answer" ? parseRetryAfter(outcome.headers, now) : undefined;
  return { retry: true, afterInMs: askedInMs ?? backOffInMs(attempt, random) };
}

function isTransient(outcome: AttemptOutcome): boolean {
  if (outcome.kind === "noAnswer") {
    return retriedNetworkErrorCodes.has(outcome.networkErrorCode ?? "");
  }
  return (
    retriedStatusCodes.has(outcome.statusCode) ||
    (outcome.statusCode === 400 && retriedRefusalCodes.has(outcome.errorCode ?? "")) ||
    (outcome.statusCode === 409 && retriedConflictCodes.has(outcome.errorCode ?? ""))
  );
}

function backOffInMs(attempt: number, random: number): number {
  const fullDelayInMs = Math.min(firstDelayInMs * 2 ** Math.min(attempt - 1, 10), longestDelayInMs);
  return fullDelayInMs * (0.5 + random / 2);
}
