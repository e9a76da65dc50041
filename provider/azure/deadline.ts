import type { Clock } from "./clock";
import { TracedError } from "./tracing";

/** The moment up to which an operation may take, and how that limit is called in messages. */
export class Deadline {
  readonly #expiresAt: number;

  /**
   * @param limitInMs - How long from now the operation may take, in milliseconds.
   * @param limitName - What the limit is called, as people can change it: `the create timeout of 45m`.
   */
  constructor(
    private readonly clock: Clock,
    limitInMs: number,
    readonly limitName: string,
  ) {
    this.#expiresAt = clock.now() + limitInMs;
  }

  /** Milliseconds that are left; 0 when the deadline has passed. */
  get remainingInMs(): number {
    return Math.max(0, this.#expiresAt - this.clock.now());
  }

  /** Whether the deadline comes before a wait of this length is over. */
  endsWithin(durationInMs: number): boolean {
    return durationInMs >= this.remainingInMs;
  }
}

/** A wait that the deadline ended. `waitingFor` and `lastSeen` are parts of the sentence that people read. */
export class DeadlineExceededError extends TracedError {
  override readonly name = "DeadlineExceededError";

  /** @param options - What was seen last: the error, or the correlation id of the answer. */
  constructor(
    readonly deadline: Deadline,
    waitingFor: string,
    lastSeen: string,
    { correlationId, ...options }: ErrorOptions & { correlationId?: string } = {},
  ) {
    const message = `${waitingFor}: ${deadline.limitName} has passed (last seen: ${lastSeen})`;
    super(message, correlationId, options);
  }
}
