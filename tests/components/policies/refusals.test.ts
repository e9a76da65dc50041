import { blobPolicies, blobPolicy, diskPolicies, diskPolicy } from "../../../components";
import { policyRefusals } from "./policyRefusals";
import { policyNameOf, policyNameProblem } from "../../../components/policies/policyName";

describe("policies", () => {
  it.each(policyRefusals)("refuse %s", (_what, declare, args, message) => {
    expect(() => declare(args as never)).toThrow(message);
  });

  it("take the time of day in a time zone, with its standard offset", () => {
    const { properties } = diskPolicy({
      every: "1 day",
      at: "23:30",
      timeZone: "W. Europe Standard Time",
      keep: "7 days",
    });
    expect(properties.policyRules[0]).toMatchObject({
      name: "BackupDaily",
      trigger: {
        schedule: {
          repeatingTimeIntervals: ["R/2020-04-05T23:30:00+01:00/P1D"],
          timeZone: "W. Europe Standard Time",
        },
      },
    });
  });

  it("begin on the days of the week that are given", () => {
    const { properties } = blobPolicy({
      vaulted: { every: "1 week", on: ["Sunday", "Wednesday"], keep: "12 weeks" },
    });
    const intervals = ["R/2023-07-02T07:30:00+00:00/P1W", "R/2023-06-28T07:30:00+00:00/P1W"];
    expect(properties.policyRules[1]).toMatchObject({
      name: "BackupWeekly",
      trigger: { schedule: { repeatingTimeIntervals: intervals } },
    });
    const days = intervals.map((interval) => new Date(interval.split("/")[1]!).getUTCDay());
    expect(days).toEqual([0, 3]);
  });
});

describe("names of policies", () => {
  const name = (policy = diskPolicies.daily): string => policyNameOf("nightly", policy);

  it("are the same for the same content, however it is written", () => {
    expect(name(diskPolicy({ every: "P1D", at: "13:00", keep: "P30D" }))).toBe(name());
    expect(name()).toMatch(/^nightly-[0-9a-f]{8}$/);
  });

  it("change with the content", () => {
    const names = [...Object.values(diskPolicies), ...Object.values(blobPolicies)].map((policy) =>
      policyNameOf("nightly", policy),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(["", "under_score", "x".repeat(142)])(
    "are refused when the service would refuse them: %s",
    (wrong) => {
      expect(policyNameProblem(wrong)).toContain(
        `"${wrong}" is no name of a policy; give 1 to 141 letters, digits and hyphens`,
      );
    },
  );

  it("never exceed what the service takes", () => {
    expect(policyNameProblem("x".repeat(141))).toBeUndefined();
    expect(policyNameOf("x".repeat(141), diskPolicies.daily)).toHaveLength(150);
  });
});
