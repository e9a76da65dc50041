/** Milliseconds since the epoch: `Date.now`, or a test's own clock that jumps. */
export type Clock = () => number;

/** A clock that can be put forward. */
export class AdjustableClock {
  private aheadInMs = 0;

  constructor(private readonly base: Clock) {}

  readonly now: Clock = () => this.base() + this.aheadInMs;

  /** How far it is ahead of the clock that it is based on. */
  get offsetInMs(): number {
    return this.aheadInMs;
  }

  advance(durationInMs: number): void {
    if (!(durationInMs >= 0 && Number.isFinite(durationInMs))) {
      throw new RangeError(`The clock only goes forward: durationInMs cannot be ${durationInMs}.`);
    }
    this.aheadInMs += durationInMs;
  }
}

/** The way Azure writes an instant. */
export function toTimestamp(instant: number): string {
  return new Date(instant).toISOString();
}

/** An operation's end, which the service gives in whole seconds (create_and_delete_disk 5). */
export function toTimestampInSeconds(instant: number): string {
  return toTimestamp(Math.ceil(instant / 1000) * 1000).replace(".000Z", "Z");
}
