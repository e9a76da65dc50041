import type { AttemptOutcome } from "../../../../provider/azure/http/retry";
import { decideRetry } from "../../../../provider/azure/http/retry";

const answer = (statusCode: number, errorCode?: string, headers = {}): AttemptOutcome => ({
  kind: "answer",
  statusCode,
  errorCode,
  headers,
});
const noAnswer = (networkErrorCode?: string): AttemptOutcome => ({ kind: "noAnswer", networkErrorCode });

describe("decideRetry", () => {
  it.each([408, 429, 500, 502, 503, 504])("repeats what was answered with %d", (statusCode) => {
    expect(decideRetry(answer(statusCode), 1, 0, 1)).toEqual({ retry: true, afterInMs: 1_000 });
  });

  it.each([400, 401, 403, 404, 405, 406, 409, 410, 412, 501, 505])(
    "never repeats what was answered with %d",
    (statusCode) => {
      expect(decideRetry(answer(statusCode), 1, 0, 1)).toEqual({ retry: false });
    },
  );

  it("repeats the conflict that says that another operation is in progress", () => {
    expect(decideRetry(answer(409, "AnotherOperationInProgress"), 1, 0, 1).retry).toBe(true);
  });

  it.each(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE", "EAI_AGAIN", "ECONNABORTED"])(
    "repeats after %s",
    (code) => {
      expect(decideRetry(noAnswer(code), 1, 0, 1).retry).toBe(true);
    },
  );

  it.each(["DEPTH_ZERO_SELF_SIGNED_CERT", "CERT_HAS_EXPIRED", "ENOTFOUND", undefined])(
    "never repeats after %s",
    (code) => {
      expect(decideRetry(noAnswer(code), 1, 0, 1).retry).toBe(false);
    },
  );

  it("gives up after eight attempts without an answer, and never for their number after answers", () => {
    expect(decideRetry(noAnswer("ECONNREFUSED"), 7, 0, 1).retry).toBe(true);
    expect(decideRetry(noAnswer("ECONNREFUSED"), 8, 0, 1).retry).toBe(false);
    expect(decideRetry(answer(503), 1_000, 0, 1).retry).toBe(true);
  });

  it.each([
    [1, 1_000],
    [2, 2_000],
    [6, 32_000],
    [7, 60_000],
    [1_000, 60_000],
  ])("waits longer at attempt %d: %d ms, and half of that at the least", (attempt, longestInMs) => {
    expect(decideRetry(answer(503), attempt, 0, 1)).toEqual({ retry: true, afterInMs: longestInMs });
    expect(decideRetry(answer(503), attempt, 0, 0)).toEqual({ retry: true, afterInMs: longestInMs / 2 });
  });

  it("waits as long as the service asks", () => {
    expect(decideRetry(answer(429, undefined, { "retry-after": "7" }), 1, 0, 1)).toEqual({
      retry: true,
      afterInMs: 7_000,
    });
  });
});
