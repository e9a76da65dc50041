import fc from "fast-check";
import { readSchedule } from "../../../../provider/dataProtection/recovery/backupSchedule";
import { meaningOfJob, readJob, readJobs } from "../../../../provider/dataProtection/recovery/job";
import { readRecoveryPoints } from "../../../../provider/dataProtection/recovery/recoveryPoint";
import { instantOf, toServiceTime } from "../../../../provider/dataProtection/recovery/serviceTime";

describe("a time", () => {
  it.each([
    "2026-11-20T09:30:00Z",
    "2026-11-20T09:30:00.0000000Z",
    "2026-11-20T09:30:00.000Z",
    "2026-11-20T09:30:00,0Z",
    "2026-11-20T09:30",
    "2026-11-20 09:30:00",
    "2026-11-20T0930Z",
    "2026-11-20t10:30:00+01:00",
    "2026-11-20 10:30:00 +0100",
    "2026-11-20T04:00:00-05:30",
  ])("is read from %s", (spelling) => {
    expect(instantOf(spelling)).toBe(Date.parse("2026-11-20T09:30:00Z"));
  });

  it.each([
    "",
    "yesterday",
    "20.11.2026",
    "2026-13-40T00:00:00Z",
    "2026-11-20T25:00:00Z",
    "1763631000",
    "2026-11-20T09:30:00 CET",
  ])("is none in %j", (spelling) => {
    expect(instantOf(spelling)).toBeUndefined();
  });

  it("is written in the one spelling that the service takes, and read back from it", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }), (date) => {
        const written = toServiceTime(date.getTime());
        expect(written).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
        expect(instantOf(written)).toBe(date.getTime());
      }),
    );
  });
});

describe("a job", () => {
  const job = {
    id: "/v/backupJobs/1",
    name: "1",
    properties: { status: "Completed", startTime: "2026-11-20T09:30:00Z" },
  };

  it.each([
    ["Completed", "completed"],
    ["completedwithwarnings", "completed"],
    ["Failed", "failed"],
    ["Cancelled", "failed"],
    ["InProgress", "running"],
    ["Cancelling", "running"],
    ["Paused", "running"],
    ["SomethingOfTheFuture", "running"],
    ["constructor", "running"],
  ])("of status %s counts as %s", (status, meaning) => {
    expect(meaningOfJob({ ...readJob(job)!, status })).toBe(meaning);
  });

  it("that cannot be read hides none of the others", () => {
    const later = {
      ...job,
      id: "/v/backupJobs/2",
      properties: { ...job.properties, startTime: "2026-11-21T09:30:00Z" },
    };
    expect(readJobs([job, null, 7, {}, { id: "x", properties: {} }, later]).map(({ id }) => id)).toEqual([
      "/v/backupJobs/2",
      "/v/backupJobs/1",
    ]);
  });

  it("is read from anything without a fault", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readJobs([value, { ...job, properties: value }]);
        readRecoveryPoints([value, { name: "p", properties: value }]);
        readSchedule(value);
      }),
    );
  });
});

describe("a schedule", () => {
  const policy = (...repeatingTimeIntervals: string[]) => ({
    properties: {
      policyRules: [
        {
          objectType: "AzureBackupRule",
          name: "BackupDaily",
          trigger: { schedule: { repeatingTimeIntervals } },
        },
        { objectType: "AzureRetentionRule", name: "Default" },
      ],
    },
  });

  it.each<[string[], number | undefined]>([
    [["R/2026-01-01T02:00:00+00:00/PT4H"], 4],
    [["R/2026-01-01T02:00:00+00:00/P1D"], 24],
    [["R/2026-01-04T02:00:00+00:00/P1W", "R/2026-01-07T02:00:00+00:00/P1W"], 168],
    [["R/2026-01-04T02:00:00+00:00/P1Y"], undefined],
    [[], undefined],
  ])("of %j is every %s hours at the most", (intervals, hours) => {
    const inMs = hours === undefined ? undefined : hours * 60 * 60 * 1000;
    expect(readSchedule(policy(...intervals))).toEqual({ ruleNames: ["BackupDaily"], intervalInMs: inMs });
  });
});
