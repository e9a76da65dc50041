import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import type { Clock } from "@sinonjs/fake-timers";
import { install } from "@sinonjs/fake-timers";

/** Turns of the event loop in which nothing may happen before time passes. */
const idleTurns = 3;
/** Turns without a timer after which it is certain that nothing will come any more. */
const mostTurnsWithoutTimer = 2_000;

/** What a run does that no clock and no answer will ever end. */
class EndlessWaitError extends Error {
  override readonly name = "EndlessWaitError";
}

/**
 * The time of this process, client and service alike: it stands still while a request is under way, and jumps to the next
 * timer when everybody waits. So waits of hours are over at once, and every run is the same run. The network is real.
 */
export class VirtualTime {
  readonly #clock: Clock = install({
    now: Date.now(),
    toFake: ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"],
  });
  readonly #underWay = new Set<ClientRequest>();
  #onNetworkError: (error: NodeJS.ErrnoException) => void = () => undefined;

  constructor() {
    subscribe("http.client.request.start", (message) => {
      const { request } = message as { request: ClientRequest };
      this.#underWay.add(request);
      request.once("close", () => this.#underWay.delete(request));
      request.once("error", (error) => this.#onNetworkError(error));
    });
  }

  readonly now = (): number => this.#clock.now;

  /** Says that a request will never be answered, so that time may pass meanwhile. */
  ignore(clientRequestId: string | undefined): void {
    for (const request of this.#underWay) {
      if (request.getHeader("x-ms-client-request-id") === clientRequestId) {
        this.#underWay.delete(request);
      }
    }
  }

  /** Calls the listener with every connection that fails from now on, instead of the one before. */
  onNetworkError(listener: (error: NodeJS.ErrnoException) => void): void {
    this.#onNetworkError = listener;
  }

  /** Lets time pass until `work` is done, and gives its result. */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false;
    const done = (): void => {
      isDone = true;
    };
    work.then(done, done);
    for (let idle = 0; !isDone;) {
      await new Promise((resolve) => setImmediate(resolve));
      idle = this.#underWay.size === 0 ? idle + 1 : 0;
      if (idle > mostTurnsWithoutTimer) {
        throw new EndlessWaitError("everybody waits for something that no clock brings about");
      }
      if (idle >= idleTurns && this.#clock.countTimers() > 0) {
        idle = 0;
        this.#clock.next();
      }
    }
    return work;
  }
}
