import type { Clock } from "../clock";
import type { Deadline } from "./deadline";
import { ArmError } from "./errors";
import type { OperationEnd } from "./longRunning";
import { PollPace, shortestIntervalOf } from "./pollPace";

/** How often a read that contradicts what was written is asked again: at doubling intervals, for a minute in all. */
const usualSecondLooks = 6;

/**
 * For how long reads may lag behind a write. A read that contradicts our own write may be one of before it, so it is asked
 * again; one that still says so in the end is the truth. How long the reads of Azure Backup lag is on no record: a minute is
 * assumed. After a write whose end was not told, nothing says that the service is not still at work, so it is asked for as
 * long as there is time.
 */
export class ReadLag {
  readonly #pace: PollPace;
  readonly #firstIntervalInMs: number;
  #secondLooks = 0;

  constructor(
    clock: Clock,
    private readonly end: OperationEnd = { isTold: true, namedIntervalInMs: undefined },
    private readonly mostSecondLooks = usualSecondLooks,
  ) {
    this.#pace = new PollPace(clock, end.namedIntervalInMs);
    this.#firstIntervalInMs = shortestIntervalOf(end.namedIntervalInMs);
  }

  /** The wait until the next look, in milliseconds; `undefined` when reads cannot lag any longer. */
  nextIntervalInMs(): number | undefined {
    if (!this.end.isTold) {
      return this.#pace.intervalInMs;
    }
    return this.#secondLooks < this.mostSecondLooks
      ? this.#firstIntervalInMs * 2 ** this.#secondLooks++
      : undefined;
  }
}

/** The time, its end, and the interval that the service named for the write, in milliseconds, if it did. */
interface Time {
  clock: Clock;
  deadline: Deadline;
  namedIntervalInMs?: number;
}

/**
 * Reads until the answer agrees with what was written, or is no older than that.
 *
 * @param agrees - Whether an answer may be one of after the write.
 * @returns The last answer: one that does not agree is the truth, or the last one that there was time for.
 */
export async function readAfterWrite<Answer>(
  read: () => Promise<Answer>,
  agrees: (answer: Answer) => boolean,
  { clock, deadline, namedIntervalInMs }: Time,
  lag = new ReadLag(clock, { isTold: true, namedIntervalInMs }),
): Promise<Answer> {
  for (;;) {
    const answer = await read();
    const intervalInMs = agrees(answer) ? undefined : lag.nextIntervalInMs();
    if (intervalInMs === undefined || intervalInMs >= deadline.remainingInMs) {
      return answer;
    }
    await clock.sleep(intervalInMs);
  }
}

/**
 * Sends a request that changes something. Where the answer to it is lost it is repeated, and the repetition may be refused for
 * the very reason that the first one has counted: then what was to be changed is looked at.
 *
 * @param read - Reads what was to be changed.
 * @param hasCounted - Whether it is as the request was to make it.
 * @returns The result; `undefined` when the first request has counted, and its answer is lost.
 */
export async function sendOnce<Result, Thing>(
  send: () => Promise<Result>,
  read: () => Promise<Thing>,
  hasCounted: (thing: Thing) => boolean,
  time: Time,
): Promise<Result | undefined> {
  try {
    return await send();
  } catch (error) {
    const isOfRepetition = error instanceof ArmError && error.isOfRepetition;
    if (isOfRepetition && hasCounted(await readAfterWrite(read, hasCounted, time))) {
      return undefined;
    }
    throw error;
  }
}
