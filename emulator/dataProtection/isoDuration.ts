/** Days of an ISO 8601 duration of years, months, weeks and days, near enough to compare; 0 for what is none. */
export function daysOf(duration: string): number {
  const [, years, months, weeks, days] =
    /^P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(duration) ?? [];
  return Number(years ?? 0) * 365 + Number(months ?? 0) * 30.4 + Number(weeks ?? 0) * 7 + Number(days ?? 0);
}
