import type { Clock } from "../clock";
import type { Pace } from "../pace";

/** A bucket that is full at first, and refilled by so many requests a second of the service's time. */
export interface TokenBucket {
  /** How many requests it holds. */
  capacity: number;
  /** How many come back in a second. */
  refillPerSecond: number;
}

/** What became of a request that wanted to be taken out of a bucket. */
export interface Taken {
  isTaken: boolean;
  /** Whole requests that are left. */
  left: number;
  /** Until there is one again, rounded up; of the service's time. */
  retryInSeconds: number;
}

/** The levels of buckets, by their keys. They refill at the emulator's pace. */
export class TokenBuckets {
  private readonly levels = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly pace: Pace,
  ) {}

  /** Takes one request, unless there is none, which takes nothing. */
  take(key: string, { capacity, refillPerSecond }: TokenBucket): Taken {
    const level = this.levels.get(key) ?? { tokens: capacity, at: this.clock() };
    const elapsedInSeconds = ((this.clock() - level.at) * this.pace.speed) / 1000;
    const tokens = Math.min(capacity, level.tokens + elapsedInSeconds * refillPerSecond);
    const isTaken = tokens >= 1;
    this.levels.set(key, { tokens: isTaken ? tokens - 1 : tokens, at: this.clock() });
    return {
      isTaken,
      left: isTaken ? Math.floor(tokens - 1) : 0,
      retryInSeconds: Math.ceil(Math.max(0, 1 - tokens) / refillPerSecond),
    };
  }
}
