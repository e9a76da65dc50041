/** ISO 8601: a date, or a date and a time to the minute or more exactly, with a zone or in UTC. */
const iso8601 =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * The instant that a text in any spelling of ISO 8601 means; UTC where it names no zone. `undefined` when it is none.
 *
 * @returns Milliseconds since 1970.
 * @example
 * instantOf("2026-11-20 10:30+01:00"); // Date.parse("2026-11-20T09:30:00Z")
 */
export function instantOf(time: string): number | undefined {
  const trimmed = time.trim();
  if (!iso8601.test(trimmed)) {
    return undefined;
  }
  const [, date = "", clock = "", zone = ""] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ]([\d:.,]+))?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i.exec(trimmed) ?? [];
  const [, hours = "00", minutes = "00", seconds = "00", fraction = ""] =
    /^(\d{2}):?(\d{2})(?::?(\d{2})([.,]\d+)?)?$/.exec(clock) ?? [];
  const [, sign = "+", zoneHours = "00", zoneMinutes = "00"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  const instant = Date.parse(
    `${date}T${hours}:${minutes}:${seconds}${fraction.replace(",", ".")}${sign}${zoneHours}:${zoneMinutes}`,
  );
  return Number.isNaN(instant) ? undefined : instant;
}

/** An instant in the one spelling that the service takes everywhere: seven digits of a second, and Z (restorable_time_range_find). */
export function toServiceTime(instant: number): string {
  return new Date(instant).toISOString().replace("Z", "0000Z");
}
