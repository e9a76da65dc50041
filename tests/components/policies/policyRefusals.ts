import { blobPolicy, dataLakePolicy, diskPolicy } from "../../../components";

/** Arguments as a JavaScript program gives them. */
type Declaration = [declare: (args: never) => unknown, args: unknown, message: string | RegExp];

const disk = { every: "4 hours", keep: "7 days" };
const vaulted = { every: "1 day", keep: "7 days" };

/** Policies that are refused. */
export const policyRefusals: [what: string, ...Declaration][] = [
  [
    "an interval that the service does not have",
    diskPolicy,
    { ...disk, every: "5 hours" },
    'declaring a backup policy: diskPolicy.every: "5 hours" is no interval that the service has; give "1 hour", ' +
      '"2 hours", "4 hours", "6 hours", "8 hours", "12 hours" or "1 day"',
  ],
  ["no interval", diskPolicy, { keep: "7 days" }, /diskPolicy\.every: undefined is no interval/],
  ["weekly backups of disks", diskPolicy, { ...disk, every: "1 week" }, /diskPolicy\.every: "1 week"/],
  [
    "hourly backups of blobs",
    blobPolicy,
    { vaulted: { ...vaulted, every: "PT1H" } },
    /blobPolicy\.vaulted\.every/,
  ],
  [
    "a retention without a unit",
    diskPolicy,
    { ...disk, keep: 7 },
    "declaring a backup policy: diskPolicy.keep: 7 is no retention; give a whole number of days, weeks, months or " +
      'years, such as "7 days"',
  ],
  [
    "a retention of nothing",
    diskPolicy,
    { ...disk, keep: "0 days" },
    /diskPolicy\.keep: "0 days" is no retention/,
  ],
  [
    "a retention of hours",
    diskPolicy,
    { ...disk, keep: "PT12H" },
    /diskPolicy\.keep: "PT12H" is no retention/,
  ],
  [
    "fractions",
    diskPolicy,
    { ...disk, weekly: "1.5 weeks" },
    /diskPolicy\.weekly: "1.5 weeks" is no retention/,
  ],
  [
    "backups of disks for more than a year",
    diskPolicy,
    { ...disk, weekly: "13 months" },
    'declaring a backup policy: diskPolicy.weekly: "13 months" is longer than backups of disks can be kept (1 year); ' +
      "keep the backups for at most that",
  ],
  [
    "operational backup for more than 360 days",
    blobPolicy,
    { operational: { keep: "12 months" } },
    /blobPolicy\.operational\.keep: "12 months" is longer than operational backups can be kept \(360 days\)/,
  ],
  [
    "vaulted backup for more than ten years",
    dataLakePolicy,
    { ...vaulted, yearly: "11 years" },
    /dataLakePolicy\.yearly: "11 years" is longer than vaulted backups can be kept \(10 years\)/,
  ],
  [
    "more than 450 backups of a disk",
    diskPolicy,
    { every: "1 hour", keep: "18 days", daily: "40 days" },
    "declaring a backup policy: diskPolicy.keep: 454 backups of each disk would be kept, and the service keeps 450; " +
      "back up less often, or keep for a shorter time and add daily or weekly",
  ],
  [
    "a tier that takes backups away early",
    blobPolicy,
    { vaulted: { ...vaulted, weekly: "12 weeks", monthly: "2 months" } },
    'declaring a backup policy: blobPolicy.vaulted.monthly: "2 months" is shorter than weekly, "12 weeks", and it ' +
      "would win over that, so that these backups would go early; give a longer retention, or leave it out",
  ],
  [
    "a tier shorter than keep",
    diskPolicy,
    { ...disk, daily: "3 days" },
    /diskPolicy\.daily: "3 days" is shorter than keep/,
  ],
  ["a time that is none", diskPolicy, { ...disk, at: "24:00" }, /diskPolicy\.at: "24:00" is no time of day/],
  [
    "no time at all",
    blobPolicy,
    { vaulted: { ...vaulted, at: [] } },
    /blobPolicy\.vaulted\.at: \[\] is no time of day/,
  ],
  [
    "two times for disks",
    diskPolicy,
    { ...disk, at: ["01:00", "02:00"] },
    /diskPolicy\.at: .* one time of day here/,
  ],
  [
    "six times a day",
    blobPolicy,
    { vaulted: { ...vaulted, at: ["01:00", "02:00", "03:00", "04:00", "05:00", "06:00"] } },
    /blobPolicy\.vaulted\.at: .* is too much; the service takes up to 5 different times of day here/,
  ],
  [
    "a time twice",
    blobPolicy,
    { vaulted: { ...vaulted, at: ["01:00", "01:00"] } },
    /up to 5 different times/,
  ],
  [
    "days for daily backups",
    blobPolicy,
    { vaulted: { ...vaulted, on: "Monday" } },
    /vaulted\.on: days of the week go with/,
  ],
  [
    "days that are none",
    dataLakePolicy,
    { every: "1 week", keep: "7 days", on: ["Monday", "Funday"] },
    /dataLakePolicy\.on: "Funday" is no list of different days of the week; give "?Sunday/,
  ],
  [
    "a day twice",
    dataLakePolicy,
    { every: "1 week", keep: "7 days", on: ["Monday", "Monday"] },
    /different days/,
  ],
  [
    "time zones by their IANA names",
    diskPolicy,
    { ...disk, timeZone: "Europe/Berlin" },
    'declaring a backup policy: diskPolicy.timeZone: "Europe/Berlin" is no time zone of the service; give the name ' +
      'that Windows has for it, such as "W. Europe Standard Time" for Berlin and Rome, or "UTC"',
  ],
  [
    "a misspelt property",
    diskPolicy,
    { ...disk, weakly: "12 weeks" },
    /diskPolicy\.weakly: there is no such property; there is every, at,/,
  ],
  [
    "monthly rules for disks",
    diskPolicy,
    { ...disk, monthly: "6 months" },
    /diskPolicy\.monthly: there is no such property/,
  ],
  [
    "schedules of operational backup",
    blobPolicy,
    { operational: { keep: "7 days", every: "1 day" } },
    /blobPolicy\.operational\.every/,
  ],
  [
    "nothing to do",
    blobPolicy,
    {},
    /blobPolicy: nothing would be backed up; give operational, vaulted, or both/,
  ],
  ["nothing", diskPolicy, undefined, /diskPolicy: undefined is no object/],
];
