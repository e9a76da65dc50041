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

/** As recovery points and time ranges are written: seven digits of a second, whatever they are. */
export function toFullTimestamp(instant: number): string {
  return toTimestamp(instant).replace("Z", "0000Z");
}

/** As jobs are written: no zeros at the end, and no point without digits after it (restore_blob_operational 12). */
export function toTrimmedTimestamp(instant: number): string {
  return toTimestamp(instant).replace(/\.?0*Z$/, "Z");
}

/** `00:03:12.7180000`, with the days before it where there are any. */
export function toClockDuration(durationInMs: number): string {
  const inSeconds = Math.floor(durationInMs / 1000);
  const parts = [Math.floor(inSeconds / 3600) % 24, Math.floor(inSeconds / 60) % 60, inSeconds % 60];
  const days = Math.floor(inSeconds / 86_400);
  const milliseconds = Math.round(durationInMs % 1000);
  return (
    (days > 0 ? `${days}.` : "") +
    parts.map((part) => String(part).padStart(2, "0")).join(":") +
    (milliseconds > 0 ? `.${String(milliseconds).padStart(3, "0")}0000` : "")
  );
}

/** `PT3M12.718S` */
export function toIsoDuration(durationInMs: number): string {
  const inSeconds = Math.round(durationInMs) / 1000;
  const parts: [number, string][] = [
    [Math.floor(inSeconds / 3600), "H"],
    [Math.floor(inSeconds / 60) % 60, "M"],
    [Number((inSeconds % 60).toFixed(3)), "S"],
  ];
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`);
  return `PT${shown.join("") || "0S"}`;
}
