/** Milliseconds since the epoch: `Date.now`, or a test's own clock that jumps. */
export type Clock = () => number;

/** The way Azure writes an instant. */
export function toTimestamp(instant: number): string {
  return new Date(instant).toISOString();
}

/** An operation's end, which the service gives in whole seconds (create_and_delete_disk 5). */
export function toTimestampInSeconds(instant: number): string {
  return toTimestamp(Math.ceil(instant / 1000) * 1000).replace(".000Z", "Z");
}
