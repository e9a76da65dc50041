import type { Clock } from "../../provider/azure/clock";

/**
 * A clock on which time passes only when everybody sleeps, and then jumps to the first who wakes up: hours of many
 * concurrent waits are over at once, in the order in which they would have come.
 */
export class SimulatedClock implements Clock {
  /** How long each sleep was to be, in milliseconds. */
  readonly sleepsInMs: number[] = [];
  #now = Date.parse("2026-11-21T10:00:00Z");
  #sleepers: { wakesAt: number; wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  async sleep(durationInMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleepsInMs.push(durationInMs);
    return new Promise((resolve, reject) => {
      const sleeper = { wakesAt: this.#now + Math.max(0, durationInMs), wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason as Error);
      });
    });
  }

  /** Lets time pass until `work` is done, and returns its result. */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false;
    const done = (): void => {
      isDone = true;
    };
    work.then(done, done);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) {
        return work;
      }
      this.#wakeTheNext();
    }
  }

  #wakeTheNext(): void {
    const wakesAt = Math.min(...this.#sleepers.map((sleeper) => sleeper.wakesAt));
    if (!Number.isFinite(wakesAt)) {
      throw new Error("everybody waits for something that no clock brings about");
    }
    const next = this.#sleepers.filter((sleeper) => sleeper.wakesAt === wakesAt);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.wakesAt !== wakesAt);
    this.#now = Math.max(this.#now, wakesAt);
    next.forEach(({ wake }) => wake());
  }
}
