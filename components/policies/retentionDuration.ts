import { invalidPolicy, shown } from "./invalidPolicy";

type Count = `${number}`;

/**
 * How long backups are kept, such as `"7 days"`, `"12 weeks"`, `"6 months"` and `"10 years"`. ISO 8601 is understood too:
 * `"P7D"`. Whole numbers from 1 on; one unit.
 */
export type RetentionDuration =
  | `${Count} ${"day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years"}`
  | `P${Count}${"D" | "W" | "M" | "Y"}`;

/** A retention in the form of the service, and as a length that can be compared. */
export interface Retention {
  /** As it was declared, for messages. */
  text: string;
  /** ISO 8601, such as `P7D`. */
  duration: string;
  /** A month is a twelfth of 365 days. */
  days: number;
}

/** The longest retention of a store, and where that is documented. */
export interface RetentionBound {
  longest: RetentionDuration;
  because: string;
}

const daysPerUnit: Record<string, number> = { D: 1, W: 7, M: 365 / 12, Y: 365 };
const words = /^([1-9]\d*) +(day|week|month|year)s?$/i;
const iso8601 = /^P([1-9]\d*)([DWMY])$/i;

/**
 * Reads a retention.
 *
 * @throws an `Error` with the property's path when the value is none, or longer than `bound` allows.
 */
export function readRetention(property: string, value: unknown, bound: RetentionBound): Retention {
  const retention = parseRetention(value);
  if (retention === undefined) {
    throw invalidPolicy(
      property,
      `${shown(value)} is no retention; give a whole number of days, weeks, months or years, such as "7 days"`,
    );
  }
  const longest = parseRetention(bound.longest)?.days ?? 0;
  if (retention.days > longest) {
    throw invalidPolicy(
      property,
      `"${retention.text}" is longer than ${bound.because} (${bound.longest}); keep the backups for at most that`,
    );
  }
  return retention;
}

function parseRetention(value: unknown): Retention | undefined {
  if (typeof value !== "string") {
    return undefined;
  }
  const [, count = "", unit = ""] = words.exec(value) ?? iso8601.exec(value) ?? [];
  const letter = unit.charAt(0).toUpperCase();
  const days = Number(count) * (daysPerUnit[letter] ?? NaN);
  return Number.isFinite(days) && days > 0
    ? { text: value, duration: `P${Number(count)}${letter}`, days }
    : undefined;
}
