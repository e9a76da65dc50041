import type { Clock } from "../clock";
import type { Pace } from "../pace";
import { ArmError } from "./errors";

/** A bucket of Resource Manager's: full at first, refilled by so many requests a second (facts 3.6). */
export const resourceManagerBuckets = {
  read: { capacity: 250, refillPerSecond: 25 },
  write: { capacity: 200, refillPerSecond: 10 },
  delete: { capacity: 200, refillPerSecond: 10 },
} as const;

type BucketName = keyof typeof resourceManagerBuckets;

/** Refuses what a subscription asks too fast. The buckets refill at the emulator's pace. */
export class Throttling {
  private readonly levels = new Map<string, { tokens: number; at: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly pace: Pace,
  ) {}

  /** Takes one request out of its bucket and says how many are left, or throws the 429, which takes nothing. */
  take(method: string, subscriptionId: string): number {
    const name = bucketOf(method);
    const key = `${name} ${subscriptionId.toLowerCase()}`;
    const tokens = this.tokensIn(key, name);
    const taken = tokens >= 1;
    this.levels.set(key, { tokens: taken ? tokens - 1 : tokens, at: this.clock() });
    if (!taken) {
      throw this.tooManyRequests(name, subscriptionId, tokens);
    }
    return Math.floor(tokens - 1);
  }

  private tokensIn(key: string, name: BucketName): number {
    const { capacity, refillPerSecond } = resourceManagerBuckets[name];
    const level = this.levels.get(key);
    if (!level) {
      return capacity;
    }
    const elapsedInSeconds = ((this.clock() - level.at) * this.pace.speed) / 1000;
    return Math.min(capacity, level.tokens + elapsedInSeconds * refillPerSecond);
  }

  private tooManyRequests(name: BucketName, subscriptionId: string, tokens: number): ArmError {
    const seconds = Math.ceil((1 - tokens) / resourceManagerBuckets[name].refillPerSecond);
    return new ArmError(
      429,
      "SubscriptionRequestsThrottled",
      `Number of '${name}' requests for subscription '${subscriptionId}' exceeded. ` +
        `Please try again after '${seconds}' seconds.`,
      { ...this.pace.retryAfter(seconds), "x-ms-failure-cause": "gateway" },
    );
  }
}

function bucketOf(method: string): BucketName {
  return method === "GET" || method === "HEAD" ? "read" : method === "DELETE" ? "delete" : "write";
}
