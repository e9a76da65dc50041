/** Days of an ISO 8601 duration of years, months, weeks and days, near enough to compare; 0 for what is none. */
export function daysOf(duration: string): number {
  const [, years, months, weeks, days] =
    /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(duration) ?? [];
  return Number(years ?? 0) * 365 + Number(months ?? 0) * 30.4 + Number(weeks ?? 0) * 7 + Number(days ?? 0);
}

/** An instant later by an ISO 8601 duration, months and years as the calendar of UTC has them. */
export function addDuration(instant: number, duration: string): number {
  const [, years, months, weeks, days, hours] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)H)?$/.exec(duration) ?? [];
  const date = new Date(instant);
  date.setUTCFullYear(date.getUTCFullYear() + Number(years ?? 0));
  date.setUTCMonth(date.getUTCMonth() + Number(months ?? 0));
  date.setUTCDate(date.getUTCDate() + 7 * Number(weeks ?? 0) + Number(days ?? 0));
  return date.getTime() + Number(hours ?? 0) * 3_600_000;
}
