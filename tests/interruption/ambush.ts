import type { EmulatorControl, Exchange } from "../../emulator";
import type { Interruption } from "./interruptions";
import type { ServiceClock } from "./serviceClock";
import type { RequestPattern, Step } from "./steps";

/** What an ambush is laid in. */
interface Ground {
  control: EmulatorControl;
  clock: ServiceClock;
}

/** Lies in wait for the request at which a run is to be interrupted, and decides what it and the service come to. */
export class Ambush {
  readonly #awaited: RequestPattern[];

  /** @param strike - Called once, while the emulator looks at the request and before it answers. */
  constructor(
    private readonly ground: Ground,
    private readonly step: Step,
    private readonly interruption: Interruption,
    private readonly strike: () => void,
  ) {
    this.#awaited = step.after === undefined ? [step.at] : [step.after.request, step.at];
    this.#letHang();
  }

  /** Tells it of an exchange that the emulator is about to answer. */
  notice(exchange: Exchange): void {
    const [next, last] = this.#awaited;
    if (next === undefined || !isMatch(next, exchange)) {
      return;
    }
    this.#awaited.shift();
    if (last === undefined) {
      this.#spring();
    } else {
      this.#holdService();
      this.#letHang();
    }
  }

  #spring(): void {
    const { clock } = this.ground;
    if (this.interruption.meanwhile === "still") {
      clock.stop();
    } else {
      clock.goOn();
    }
    this.strike();
  }

  /** From here on the service gets as far as the step says, and no further. */
  #holdService(): void {
    const { clock, control } = this.ground;
    clock.stop();
    control.advance(this.step.after?.workedForInMs ?? 0);
  }

  #letHang(): void {
    const { at, isActedUpon } = this.step;
    if (this.#awaited.length === 1 && !this.interruption.isAnswered) {
      this.ground.control.injectFault({ match: at, fault: isActedUpon ? "hangAfterAction" : "hang" });
    }
  }
}

export function isMatch({ method, path: pattern }: RequestPattern, exchange: Exchange): boolean {
  return exchange.method === method && pattern.test(pathOf(exchange));
}

/** The path that was asked for, without the query. */
export function pathOf({ url }: Exchange): string {
  return url.split("?")[0] ?? "";
}
