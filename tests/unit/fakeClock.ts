import type { Clock } from "../../provider/azure/clock";

/** A clock on which every sleep is over at once, and which remembers how long each was to be, in milliseconds. */
export class FakeClock implements Clock {
  readonly sleepsInMs: number[] = [];
  #now = Date.parse("2026-11-21T10:00:00Z");

  now(): number {
    return this.#now;
  }

  async sleep(durationInMs: number): Promise<void> {
    this.sleepsInMs.push(durationInMs);
    this.#now += durationInMs;
  }
}
