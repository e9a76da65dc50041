import type { Clock } from "../clock";
import type { Deadline } from "./deadline";
import { shortestIntervalOf } from "./pollPace";

/** How often a read that contradicts what was written is asked again: at doubling intervals, for a minute in all. */
const mostSecondLooks = 6;

/**
 * For how long reads may lag behind a write. A read that contradicts our own write may be one of before it, so it is asked
 * again; one that still says so in the end is the truth. How long the reads of Azure Backup lag is on no record; a minute is
 * what Resource Manager's caches are seen to take.
 */
export class ReadLag {
  readonly #firstIntervalInMs: number;
  #secondLooks = 0;

  /**
   * @param namedIntervalInMs - The interval that the service named when it accepted the write, in milliseconds; it tells how
   *   fast the service is.
   */
  constructor(namedIntervalInMs: number | undefined) {
    this.#firstIntervalInMs = shortestIntervalOf(namedIntervalInMs);
  }

  /** The wait until the next look, in milliseconds; `undefined` when reads cannot lag any longer. */
  nextIntervalInMs(): number | undefined {
    return this.#secondLooks < mostSecondLooks
      ? this.#firstIntervalInMs * 2 ** this.#secondLooks++
      : undefined;
  }
}

/**
 * Reads until the answer agrees with what was written, or is no older than that.
 *
 * @param agrees - Whether an answer may be one of after the write.
 * @returns The last answer: one that does not agree is the truth.
 */
export async function readAfterWrite<Answer>(
  read: () => Promise<Answer>,
  agrees: (answer: Answer) => boolean,
  { clock, deadline, namedIntervalInMs }: { clock: Clock; deadline: Deadline; namedIntervalInMs?: number },
): Promise<Answer> {
  const lag = new ReadLag(namedIntervalInMs);
  for (;;) {
    const answer = await read();
    const intervalInMs = agrees(answer) ? undefined : lag.nextIntervalInMs();
    if (intervalInMs === undefined || intervalInMs >= deadline.remainingInMs) {
      return answer;
    }
    await clock.sleep(intervalInMs);
  }
}
