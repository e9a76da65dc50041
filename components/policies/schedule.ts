import { invalidPolicy, shown } from "./invalidPolicy";
import type { BackupRule, BackupSchedule } from "./policyDocument";
import { offsetOf } from "./timeZones";

/** A time of day, `"HH:MM"`, from `"00:00"` to `"23:59"`. */
export type TimeOfDay = `${number}:${number}`;

/** A day of the week. */
export type DayOfWeek = (typeof daysOfWeek)[number];

const daysOfWeek = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** When backups are taken, as it is declared. */
export interface DeclaredSchedule {
  every: unknown;
  /** One time of day, or several. */
  at: unknown;
  /** Days of the week, of weekly schedules. */
  on?: unknown;
  timeZone: unknown;
}

/** What the service allows for a kind of datasource. */
export interface ScheduleRules {
  /** Intervals in ISO 8601, by what people write. */
  intervals: Readonly<Record<string, string>>;
  /** Backups a day at most, where times of day are listed. */
  maximumTimesADay: number;
  /** First day of the schedule, far enough back that the first backup is due; `YYYY-MM-DD`. Of Microsoft's own template. */
  firstDay: string;
}

/** A schedule in the form of the service. */
export interface ReadSchedule {
  /** ISO 8601: `PT4H`, `P1D`, `P1W`. */
  interval: string;
  name: BackupRule["name"];
  schedule: BackupSchedule;
}

/**
 * Reads a schedule.
 *
 * @throws an `Error` with the property's path for what the service would refuse.
 */
export function readSchedule(
  property: string,
  declared: DeclaredSchedule,
  rules: ScheduleRules,
): ReadSchedule {
  const interval = readInterval(`${property}.every`, declared.every, rules);
  const timeZone = readTimeZone(`${property}.timeZone`, declared.timeZone);
  const times = readTimes(`${property}.at`, declared.at, interval, rules);
  const days = readDays(`${property}.on`, declared.on, interval);
  const firstDays = days.map((day) => firstOnOrAfter(rules.firstDay, day));
  return {
    interval,
    name: ruleNameOf(interval),
    schedule: {
      repeatingTimeIntervals: (firstDays.length > 0 ? firstDays : [rules.firstDay]).flatMap((day) =>
        times.map((time) => `R/${day}T${time}:00${timeZone?.offset ?? "+00:00"}/${interval}`),
      ),
      ...(timeZone ? { timeZone: timeZone.name } : {}),
    },
  };
}

function readInterval(property: string, value: unknown, { intervals }: ScheduleRules): string {
  const interval = Object.entries(intervals).find((names) => (names as unknown[]).includes(value))?.[1];
  if (interval === undefined) {
    const allowed = Object.keys(intervals).map((text) => `"${text}"`);
    throw invalidPolicy(
      property,
      `${shown(value)} is no interval that the service has; give ${orList(allowed)}`,
    );
  }
  return interval;
}

function readTimes(
  property: string,
  value: unknown,
  interval: string,
  { maximumTimesADay }: ScheduleRules,
): string[] {
  const times: unknown[] = Array.isArray(value) ? value : [value];
  const wrong = times.find((time) => typeof time !== "string" || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time));
  if (wrong !== undefined || times.length === 0) {
    throw invalidPolicy(property, `${shown(wrong ?? value)} is no time of day; give one such as "07:30"`);
  }
  const maximum = interval === "P1D" ? maximumTimesADay : 1;
  if (times.length > maximum || new Set(times).size < times.length) {
    const allowed = maximum === 1 ? "one time of day" : `up to ${maximum} different times of day`;
    throw invalidPolicy(property, `${shown(value)} is too much; the service takes ${allowed} here`);
  }
  return times as string[];
}

function readDays(property: string, value: unknown, interval: string): DayOfWeek[] {
  if (interval !== "P1W") {
    if (value !== undefined) {
      throw invalidPolicy(property, `days of the week go with every: "1 week"; leave them out`);
    }
    return [];
  }
  const days: unknown[] = Array.isArray(value) ? value : [value ?? "Sunday"];
  const wrong = days.find((day) => !(daysOfWeek as readonly unknown[]).includes(day));
  if (wrong !== undefined || days.length === 0 || new Set(days).size < days.length) {
    throw invalidPolicy(
      property,
      `${shown(wrong ?? value)} is no list of different days of the week; give ${orList([...daysOfWeek])}`,
    );
  }
  return days as DayOfWeek[];
}

function readTimeZone(property: string, value: unknown): { name: string; offset: string } | undefined {
  if (value === undefined) {
    return undefined;
  }
  const offset = typeof value === "string" ? offsetOf(value) : undefined;
  if (offset === undefined) {
    throw invalidPolicy(
      property,
      `${shown(value)} is no time zone of the service; give the name that Windows has for it, such as ` +
        '"W. Europe Standard Time" for Berlin and Rome, or "UTC"',
    );
  }
  return { name: value as string, offset };
}

function ruleNameOf(interval: string): BackupRule["name"] {
  return interval === "P1W" ? "BackupWeekly" : interval === "P1D" ? "BackupDaily" : "BackupHourly";
}

/** The first such day of the week on a day or after it. */
function firstOnOrAfter(day: string, dayOfWeek: DayOfWeek): string {
  const date = new Date(`${day}T00:00:00Z`);
  const daysLater = (daysOfWeek.indexOf(dayOfWeek) - date.getUTCDay() + 7) % 7;
  date.setUTCDate(date.getUTCDate() + daysLater);
  return date.toISOString().slice(0, 10);
}

function orList(items: string[]): string {
  return items.length > 1 ? `${items.slice(0, -1).join(", ")} or ${items.at(-1)}` : items.join();
}
