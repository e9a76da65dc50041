import type { Clock } from "../clock";
import type { Deadline } from "./deadline";
import type { AttemptOutcome } from "./retry";
import { parseRetryAfter } from "./retryAfter";

/**
 * Resource Manager's buckets, one of each kind a subscription: full at first, refilled by so many requests a second
 * (learn.microsoft.com, request-limits-and-throttling).
 */
const bucketSorts = {
  read: {
    capacity: 250,
    refillPerSecond: 25,
    remainingHeader: "x-ms-ratelimit-remaining-subscription-reads",
  },
  write: {
    capacity: 200,
    refillPerSecond: 10,
    remainingHeader: "x-ms-ratelimit-remaining-subscription-writes",
  },
  delete: {
    capacity: 200,
    refillPerSecond: 10,
    remainingHeader: "x-ms-ratelimit-remaining-subscription-deletes",
  },
} as const;

type BucketKind = (typeof bucketSorts)[keyof typeof bucketSorts];

/** Left in a bucket, since requests arrive less evenly than they are sent: half a second's worth. */
const reserveInSeconds = 0.5;

/**
 * Lets requests through no faster than Resource Manager takes them: a refused request costs the same as an accepted one, and
 * comes again. All requests of a client share one of these, so that hundreds of resources come in the order in which they
 * asked, and one refusal holds all of them back.
 */
export class RequestBuckets {
  readonly #buckets = new Map<string, Bucket>();

  constructor(private readonly clock: Clock) {}

  /**
   * Sends a request when its turn has come.
   *
   * @param path - The path of its URL, which names the subscription.
   * @throws {@link DeadlineExceededError} when its turn does not come before the deadline.
   */
  async pass<Attempt extends { outcome: AttemptOutcome }>(
    method: string,
    path: string,
    deadline: Deadline,
    send: () => Promise<Attempt>,
  ): Promise<Attempt> {
    const [subscription] = /^\/subscriptions\/[^/]+/i.exec(path) ?? ["the tenant"];
    const name = method === "GET" ? "read" : method === "DELETE" ? "delete" : "write";
    const key = `${name} ${subscription.toLowerCase()}`;
    const bucket = this.#buckets.get(key) ?? new Bucket(this.clock, bucketSorts[name]);
    this.#buckets.set(key, bucket);
    await bucket.admit(deadline, `waiting for Resource Manager to take another ${name} in ${subscription}`);
    let outcome: AttemptOutcome | undefined;
    try {
      const attempt = await send();
      outcome = attempt.outcome;
      return attempt;
    } finally {
      bucket.note(outcome);
    }
  }
}

const tooMany = "too many requests at once";

class Bucket {
  #level: number;
  #levelAt: number;
  #closedUntil = 0;
  #inFlight = 0;
  /** The lowest level that answers have told since nothing was in flight; answers can overtake one another. */
  #lowestTold = Infinity;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly kind: BucketKind,
  ) {
    this.#level = kind.capacity;
    this.#levelAt = clock.now();
  }

  /** One after the other, in the order in which they asked. */
  async admit(deadline: Deadline, waitingFor: string): Promise<void> {
    const closedInMs = this.#closedUntil - this.clock.now();
    if (closedInMs > 0) {
      deadline.mustAllow(closedInMs, waitingFor, tooMany);
    }
    const turn = this.#turn.then(async () => this.#take(deadline, waitingFor));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #take(deadline: Deadline, waitingFor: string): Promise<void> {
    for (let waitInMs = this.#waitInMs(); waitInMs > 0; waitInMs = this.#waitInMs()) {
      deadline.mustAllow(waitInMs, waitingFor, tooMany);
      await this.clock.sleep(waitInMs);
    }
    this.#level--;
    this.#inFlight++;
  }

  #waitInMs(): number {
    const { capacity, refillPerSecond } = this.kind;
    const now = this.clock.now();
    this.#level = Math.min(capacity, this.#level + ((now - this.#levelAt) / 1_000) * refillPerSecond);
    this.#levelAt = now;
    const missing = 1 + reserveInSeconds * refillPerSecond - this.#level;
    return Math.max(this.#closedUntil - now, Math.ceil((missing / refillPerSecond) * 1_000));
  }

  /** The service knows its buckets better than we do: others draw on them too, and they may be larger than documented. */
  note(outcome: AttemptOutcome | undefined): void {
    this.#inFlight--;
    const answer = outcome?.kind === "answer" ? outcome : undefined;
    if (answer?.statusCode === 429) {
      const now = this.clock.now();
      this.#closedUntil = Math.max(this.#closedUntil, now + (parseRetryAfter(answer.headers, now) ?? 0));
    }
    const told = /^\d{1,9}$/.exec(answer?.headers[this.kind.remainingHeader] ?? "")?.[0];
    if (told !== undefined) {
      this.#lowestTold = Math.min(this.#lowestTold, Number(told));
      this.#level = Math.min(this.#level, Number(told) - this.#inFlight);
    }
    if (this.#inFlight === 0) {
      this.#level = Number.isFinite(this.#lowestTold) ? this.#lowestTold : this.#level;
      this.#lowestTold = Infinity;
    }
  }
}
