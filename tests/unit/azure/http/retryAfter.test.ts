import fc from "fast-check";
import { parseRetryAfter } from "../../../../provider/azure/http/retryAfter";

const now = Date.parse("2026-11-21T10:00:00Z");

describe("parseRetryAfter", () => {
  it.each<[headers: Record<string, string>, inMs: number | undefined]>([
    [{ "retry-after": "15" }, 15_000],
    [{ "retry-after": " 15 " }, 15_000],
    [{ "retry-after": "Sat, 21 Nov 2026 10:00:30 GMT" }, 30_000],
    [{ "retry-after-ms": "250" }, 250],
    [{ "x-ms-retry-after-ms": "40" }, 40],
    [{ "retry-after-ms": "250", "retry-after": "15" }, 250],
    [{}, undefined],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-5" }, undefined],
    [{ "retry-after": "" }, undefined],
  ])("reads %p as %p", (headers, inMs) => {
    expect(parseRetryAfter(headers, now)).toBe(inMs);
  });

  it.each<[what: string, headers: Record<string, string>, inMs: number]>([
    ["zero", { "retry-after": "0" }, 1_000],
    ["a date in the past", { "retry-after": "Sat, 21 Nov 2020 10:00:00 GMT" }, 1_000],
    ["a year", { "retry-after": "31536000" }, 600_000],
    ["400 digits", { "retry-after": "9".repeat(400) }, 600_000],
    ["zero milliseconds", { "retry-after-ms": "0" }, 5],
  ])("neither loops nor sleeps for ever because of %s", (_what, headers, inMs) => {
    expect(parseRetryAfter(headers, now)).toBe(inMs);
  });

  it("gives a wait within bounds, or none, for any text", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (seconds, milliseconds) => {
        const inMs = parseRetryAfter({ "retry-after": seconds, "retry-after-ms": milliseconds }, now) ?? 5;
        expect(inMs).toBeGreaterThanOrEqual(5);
        expect(inMs).toBeLessThanOrEqual(600_000);
      }),
    );
  });
});
