import type { Clock } from "../clock";
import type { InjectedFault } from "./fault";
import { addTo } from "./faultPlan";

/** Which reads answer as if a write had not been made yet. */
export interface LagInjection {
  /** The reads (GET); without it, all of them. */
  match?: {
    /** Tested against the path as asked, without the query. */
    path?: RegExp;
  };
  /** The write that they lag behind: the first since the injection that matches. Without it, any PUT, PATCH or DELETE. */
  behind?: {
    /** In capitals; without it, all but GET. */
    method?: string;
    path?: RegExp;
  };
  /** How many reads lag; `Infinity` for all. @default 1, or all where `durationInMs` says for how long */
  reads?: number;
  /** For how long they lag, in milliseconds of the emulator's clock from the write on. @default for ever */
  durationInMs?: number;
}

interface Planned<View> {
  injection: LagInjection;
  hits: number;
  /** Since the write. */
  before?: { view: View; at: number };
}

/** The lags that are still to come, or going on; `View` is what a read is answered from. */
export class LagPlan<View> {
  private readonly planned = new Set<Planned<View>>();

  /** @param freeze - Gives everything as it is now. */
  constructor(
    private readonly freeze: () => View,
    private readonly clock: Clock,
  ) {}

  inject(injection: LagInjection): InjectedFault {
    check(injection);
    return addTo(this.planned, { injection, hits: 0 });
  }

  clear(): void {
    this.planned.clear();
  }

  /** What a read is answered from that lags; notes what there was where the request is a write. */
  take(method: string, url: string): View | undefined {
    const path = url.split("?")[0]!;
    return method === "GET" ? this.read(path) : this.write(method, path);
  }

  private read(path: string): View | undefined {
    for (const planned of this.planned) {
      if (planned.before && this.isLagging(planned) && fits(planned.injection.match?.path, path)) {
        planned.hits++;
        return planned.before.view;
      }
    }
    return undefined;
  }

  private isLagging({ injection, hits, before }: Planned<View>): boolean {
    const { durationInMs = Infinity, reads = durationInMs === Infinity ? 1 : Infinity } = injection;
    return hits < reads && this.clock() < before!.at + durationInMs;
  }

  private write(method: string, path: string): undefined {
    for (const planned of this.planned) {
      if (!planned.before && isBehind(planned.injection, method, path)) {
        planned.before = { view: this.freeze(), at: this.clock() };
      }
    }
  }
}

function isBehind({ behind }: LagInjection, method: string, path: string): boolean {
  const isWrite = behind ? fitsMethod(behind.method, method) : ["PUT", "PATCH", "DELETE"].includes(method);
  return isWrite && fits(behind?.path, path);
}

function fitsMethod(wanted: string | undefined, method: string): boolean {
  return wanted === undefined || wanted.toUpperCase() === method;
}

function fits(pattern: RegExp | undefined, path: string): boolean {
  return pattern === undefined || path.search(pattern) >= 0;
}

function check({ reads = 1, durationInMs = 1 }: LagInjection): void {
  if (!(reads === Infinity || (Number.isInteger(reads) && reads >= 1))) {
    throw new RangeError(`reads must be a whole number from 1 on, or Infinity, not ${reads}.`);
  }
  if (!(durationInMs > 0)) {
    throw new RangeError(`durationInMs must be more than 0, not ${durationInMs}.`);
  }
}
