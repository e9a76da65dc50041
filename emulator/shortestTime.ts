import { resourceManagerBuckets } from "./arm/throttling";
import { Pace, retryAfterInSeconds } from "./pace";

/**
 * What is to be protected.
 *
 * @internal
 */
export interface ProtectionWork {
  instanceCount: number;
  /** Each instance needs a role that is assigned at the beginning, and counts only when it has propagated. @default false */
  assignsRoles?: boolean;
  /** Whether Resource Manager's buckets are enforced. @default false */
  enforceThrottling?: boolean;
}

/**
 * When things happen at the earliest, in milliseconds from the beginning; one entry an instance.
 *
 * @internal
 */
export interface ShortestTimes {
  validated: number[];
  protected: number[];
}

/**
 * The shortest times in which a client can protect so many new instances, however clever it is: made of the service's
 * delays, of the `Retry-After` of the validation, and of the buckets of one subscription, full at the beginning.
 *
 * - Writes go out in this order: role assignments, validations, PUTs, each as soon as the bucket allows. No other order
 *   ends sooner: all writes cost the same, and what the service does longest about is begun first.
 * - A validation is looked at once, which takes a read: when it has ended, but not before its `Retry-After`. Answers about
 *   its status name no time, so the second look of a client that came too early may come when it likes.
 * - Where roles are assigned, the validation that succeeds ends when they begin to count: a client that knew.
 * - The PUT follows the validation. Its operation need not be looked at: the instance tells how far it has come, when it
 *   likes, and one listing of a vault tells it of all. These few reads fit into the bucket beside the others.
 *
 * @internal
 */
export function shortestTimes(work: ProtectionWork, pace = new Pace(1)): ShortestTimes {
  const { instanceCount, assignsRoles = false, enforceThrottling = false } = work;
  const bucket = (name: keyof typeof resourceManagerBuckets): Takes =>
    enforceThrottling ? new Bucket(resourceManagerBuckets[name], pace.speed) : { take: (at) => at };
  const [writes, reads] = [bucket("write"), bucket("read")];
  const each = Array.from({ length: instanceCount }, () => 0);

  const rolesCount = assignsRoles ? each.map(() => writes.take(0) + pace.inMs("rolePropagation")) : each;
  const validationTakes = Math.max(
    pace.inMs("validation"),
    (retryAfterInSeconds.validation * 1000) / pace.speed,
  );
  const validated = each
    .map(() => writes.take(0) + validationTakes)
    .map((ended, index) => reads.take(Math.max(ended, rolesCount[index]!)));
  const protectionTakes = pace.inMs("instancePut") + pace.inMs("configuringProtection");
  return { validated, protected: validated.map((at) => writes.take(at) + protectionTakes) };
}

/** Where requests are taken from, in the order of time. */
interface Takes {
  /** Takes a request at `at`, or as soon after it as there is one, and says when. */
  take(at: number): number;
}

class Bucket implements Takes {
  private tokens: number;
  private lookedAt = 0;

  constructor(
    private readonly bucket: { capacity: number; refillPerSecond: number },
    private readonly speed: number,
  ) {
    this.tokens = bucket.capacity;
  }

  take(at: number): number {
    const { capacity, refillPerSecond } = this.bucket;
    const refillPerMs = (refillPerSecond * this.speed) / 1000;
    const from = Math.max(at, this.lookedAt);
    const tokens = Math.min(capacity, this.tokens + (from - this.lookedAt) * refillPerMs);
    const waitInMs = Math.max(0, (1 - tokens) / refillPerMs);
    this.tokens = tokens + waitInMs * refillPerMs - 1;
    this.lookedAt = from + waitInMs;
    return this.lookedAt;
  }
}
