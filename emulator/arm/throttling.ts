import type { Clock } from "../clock";
import type { Pace } from "../pace";
import { ArmError } from "./errors";
import { TokenBuckets } from "./tokenBuckets";

/** A bucket of Resource Manager's: full at first, refilled by so many requests a second (facts 3.6). */
export const resourceManagerBuckets = {
  read: { capacity: 250, refillPerSecond: 25 },
  write: { capacity: 200, refillPerSecond: 10 },
  delete: { capacity: 200, refillPerSecond: 10 },
} as const;

type BucketName = keyof typeof resourceManagerBuckets;

/** Refuses what a subscription asks too fast. */
export class Throttling {
  private readonly buckets: TokenBuckets;

  constructor(
    clock: Clock,
    private readonly pace: Pace,
  ) {
    this.buckets = new TokenBuckets(clock, pace);
  }

  /** Takes one request out of its bucket and says how many are left, or throws the 429, which takes nothing. */
  take(method: string, subscriptionId: string): number {
    const name = bucketOf(method);
    const key = `${name} ${subscriptionId.toLowerCase()}`;
    const { isTaken, left, retryInSeconds } = this.buckets.take(key, resourceManagerBuckets[name]);
    if (!isTaken) {
      throw this.tooManyRequests(name, subscriptionId, retryInSeconds);
    }
    return left;
  }

  private tooManyRequests(name: BucketName, subscriptionId: string, seconds: number): ArmError {
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
