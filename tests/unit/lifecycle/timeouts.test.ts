import { parseDuration } from "../../../provider/lifecycle/timeouts";

describe("parseDuration", () => {
  it.each<[text: string, inMs: number]>([
    ["90s", 90_000],
    ["45m", 2_700_000],
    ["1h30m", 5_400_000],
    ["1.5h", 5_400_000],
    ["250ms", 250],
    ["1h0m5s", 3_605_000],
  ])("reads %p as Pulumi does", (text, inMs) => {
    expect(parseDuration(text)).toBe(inMs);
  });

  it.each(["", "45", "m", "45 m", "-5m", "1d", "PT5M", "0s", "5m ", "1m1", `${"9".repeat(400)}h`])(
    "refuses %p",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );
});
