import type { Clock } from "../clock";
import type { Pace } from "../pace";
import { ArmError } from "./errors";
import { TokenBuckets } from "./tokenBuckets";
import type { TokenBucket } from "./tokenBuckets";

interface Bucket {
  header: string;
  capacity: number;
  windowInMs: number;
}

const fewSeconds = 10_000;
const perHour = 3_600_000;
const resourceRequests = "x-ms-ratelimit-remaining-subscription-resource-requests";

/**
 * Where the remaining-requests headers start: the recordings' first values for Data Protection, Resource Manager's
 * hourly ones elsewhere. How long a bucket takes to be full again is not on record; no recording shows more than one or two
 * requests taken, whatever went before in the same minute (backup_vault_update), so a few seconds are assumed.
 */
const buckets = {
  instanceRead: { header: resourceRequests, capacity: 2000, windowInMs: fewSeconds },
  instanceList: { header: resourceRequests, capacity: 2000, windowInMs: fewSeconds },
  deletedInstance: { header: resourceRequests, capacity: 2000, windowInMs: fewSeconds },
  policy: { header: resourceRequests, capacity: 2000, windowInMs: fewSeconds },
  policyPut: { header: resourceRequests, capacity: 200, windowInMs: fewSeconds },
  policyDelete: { header: resourceRequests, capacity: 50, windowInMs: fewSeconds },
  vaultRead: { header: resourceRequests, capacity: 500, windowInMs: fewSeconds },
  recoveryPoint: { header: resourceRequests, capacity: 100, windowInMs: fewSeconds },
  job: { header: resourceRequests, capacity: 200, windowInMs: fewSeconds },
  operationStatus: { header: resourceRequests, capacity: 1000, windowInMs: fewSeconds },
  vaultDeletionStatus: { header: resourceRequests, capacity: 15_000, windowInMs: fewSeconds },
  operationResult: { header: resourceRequests, capacity: 200, windowInMs: fewSeconds },
  instancePut: { header: resourceRequests, capacity: 200, windowInMs: fewSeconds },
  instanceDelete: { header: resourceRequests, capacity: 200, windowInMs: fewSeconds },
  vaultWrite: { header: resourceRequests, capacity: 100, windowInMs: fewSeconds },
  guardRead: { header: resourceRequests, capacity: 1000, windowInMs: fewSeconds },
  guardWrite: { header: resourceRequests, capacity: 100, windowInMs: fewSeconds },
  reads: { header: "x-ms-ratelimit-remaining-subscription-reads", capacity: 12_000, windowInMs: perHour },
  writes: { header: "x-ms-ratelimit-remaining-subscription-writes", capacity: 1200, windowInMs: perHour },
  deletes: { header: "x-ms-ratelimit-remaining-subscription-deletes", capacity: 15_000, windowInMs: perHour },
} satisfies Record<string, Bucket>;

/** Which bucket a request counts in: the kinds of Data Protection, and Resource Manager's own. */
export type RateLimit = keyof typeof buckets;

/** The kinds of Data Protection's requests, which have buckets of their own. */
export const resourceLimits = (Object.entries(buckets) as [RateLimit, Bucket][])
  .filter(([, { header }]) => header === resourceRequests)
  .map(([limit]) => limit);

/**
 * Counts requests down, one bucket a subscription and kind. Nothing is refused when one is empty, unless it is told to be
 * enforced: what Azure Backup does then, and when, is not on record. Resource Manager's own buckets are a matter of
 * {@link Throttling}.
 */
export class RateLimits {
  private readonly windows = new Map<string, { startedAt: number; used: number }>();
  private readonly enforced = new Map<RateLimit, TokenBucket>();
  private levels: TokenBuckets;

  constructor(
    private readonly clock: Clock,
    private readonly pace: Pace,
  ) {
    this.levels = new TokenBuckets(clock, pace);
  }

  /** Refuses requests of this kind from now on when its bucket is empty, which is full now. */
  enforce(limit: RateLimit, bucket: Partial<TokenBucket> = {}): void {
    const { capacity, windowInMs } = buckets[limit];
    const size = bucket.capacity ?? capacity;
    const refillPerSecond = bucket.refillPerSecond ?? (size * 1000) / windowInMs;
    this.enforced.set(limit, { capacity: size, refillPerSecond });
    this.levels = new TokenBuckets(this.clock, this.pace);
  }

  /**
   * Takes one request and says what remains, as the header of the answer. Where Resource Manager's buckets are enforced,
   * its own headers say what is `left` in those.
   */
  take(limit: RateLimit, subscriptionId: string, left: number | undefined): Record<string, string> {
    const { header, capacity, windowInMs }: Bucket = buckets[limit];
    if (left !== undefined && header !== resourceRequests) {
      return { [header]: String(left) };
    }
    const key = `${limit} ${subscriptionId.toLowerCase()}`;
    const bucket = this.enforced.get(limit);
    if (bucket) {
      return this.takeEnforced(key, header, bucket);
    }
    const now = this.clock();
    let window = this.windows.get(key);
    if (!window || now - window.startedAt >= windowInMs / this.pace.speed) {
      window = { startedAt: now, used: 0 };
      this.windows.set(key, window);
    }
    window.used++;
    return { [header]: String(Math.max(0, capacity - window.used)) };
  }

  /** That an empty bucket is answered so, and its code, is assumed. */
  private takeEnforced(key: string, header: string, bucket: TokenBucket): Record<string, string> {
    const { isTaken, left, retryInSeconds } = this.levels.take(key, bucket);
    const remaining = { [header]: String(left) };
    if (!isTaken) {
      throw new ArmError(
        429,
        "TooManyRequests",
        `Too many requests of this kind. Please try again after '${retryInSeconds}' seconds.`,
        { ...remaining, ...this.pace.retryAfter(retryInSeconds) },
      );
    }
    return remaining;
  }
}

/** The bucket of a route that names none. */
export function defaultLimit(method: string): RateLimit {
  return method === "GET" || method === "HEAD" ? "reads" : method === "DELETE" ? "deletes" : "writes";
}
