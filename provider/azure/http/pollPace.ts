import type { Clock } from "../clock";

/** We learn of the end of a wait by a sixteenth of its length too late, at the most. */
const looksPerTimeWaited = 16;
/** A service that names an interval is at work for longer than that, so a tenth of it is soon enough. */
const looksPerNamedInterval = 10;
const shortestIntervalInMs = 1_000;
const longestIntervalInMs = 30_000;

/** The shortest wait that makes sense with a service that has named this interval, if any; both in milliseconds. */
export function shortestIntervalOf(namedIntervalInMs: number | undefined): number {
  return Math.min(shortestIntervalInMs, (namedIntervalInMs ?? Infinity) / looksPerNamedInterval);
}

/**
 * How long to wait between two looks at something that the service is at work on. What an answer asks for is obeyed; where it
 * asks for nothing, as status answers of Azure Backup and looks at an instance do, the interval is ours and grows with the time
 * waited: Microsoft's clients keep to fixed ones of 10 to 60 s, and are late by as much.
 */
export class PollPace {
  readonly #startedAt: number;
  readonly #shortestIntervalInMs: number;

  /**
   * @param namedIntervalInMs - The interval that the service named when it began, in milliseconds. It also tells how fast the
   *   service is: an emulator at many times its pace names milliseconds.
   */
  constructor(
    private readonly clock: Clock,
    namedIntervalInMs: number | undefined,
  ) {
    this.#startedAt = clock.now();
    this.#shortestIntervalInMs = shortestIntervalOf(namedIntervalInMs);
  }

  /** The wait until the next look, in milliseconds. */
  get intervalInMs(): number {
    const grownInMs = this.waitedInMs / looksPerTimeWaited;
    return Math.min(Math.max(grownInMs, this.#shortestIntervalInMs), longestIntervalInMs);
  }

  /** How long has been waited so far, in milliseconds. */
  get waitedInMs(): number {
    return this.clock.now() - this.#startedAt;
  }
}
