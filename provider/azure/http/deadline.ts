import type { Clock } from "../clock";
import { formatDuration } from "../clock";
import { TracedError } from "./tracing";

/** What a wait saw last: an error, or the correlation id of an answer. */
export interface LastSeen extends ErrorOptions {
  correlationId?: string | undefined;
}

/** Our own waits are no longer than this; a longer one is one that the service asks for. */
const worthNamingInMs = 60_000;

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

  /**
   * Refuses a wait that would not be over before the deadline: nobody need sit through it.
   *
   * @param waitingFor - What is waited for, as the start of a sentence.
   * @param lastSeen - What was seen last of it.
   * @param options - The error that was seen last, or the correlation id of the last answer.
   * @throws {@link DeadlineExceededError} when the deadline comes first.
   */
  mustAllow(waitInMs: number, waitingFor: string, lastSeen: string, options?: LastSeen): void {
    if (waitInMs >= this.remainingInMs) {
      const isWorthNaming = waitInMs > worthNamingInMs;
      const end = isWorthNaming ? `ends before the next try in ${formatDuration(waitInMs)}` : hasPassed;
      throw this.#exceeded(end, waitingFor, lastSeen, options);
    }
  }

  /**
   * Ends a wait whose deadline has passed meanwhile: then the failure of the last try, which had no time, says nothing.
   *
   * @throws {@link DeadlineExceededError} when no time is left.
   */
  mustLeaveTime(waitingFor: string, lastSeen: string, options?: LastSeen): void {
    if (this.remainingInMs === 0) {
      throw this.passed(waitingFor, lastSeen, options);
    }
  }

  /** The error of a wait that this deadline has ended. */
  passed(waitingFor: string, lastSeen: string, options?: LastSeen): DeadlineExceededError {
    return this.#exceeded(hasPassed, waitingFor, lastSeen, options);
  }

  #exceeded(end: string, waitingFor: string, lastSeen: string, options?: LastSeen): DeadlineExceededError {
    const message = `${waitingFor}: ${this.limitName} ${end} (last seen: ${lastSeen})`;
    return new DeadlineExceededError(message, options);
  }
}

const hasPassed = "has passed";

/** A wait that a deadline ended; {@link Deadline} makes them. */
export class DeadlineExceededError extends TracedError {
  override readonly name = "DeadlineExceededError";

  constructor(message: string, { correlationId, ...options }: LastSeen = {}) {
    super(message, correlationId, options);
  }
}
