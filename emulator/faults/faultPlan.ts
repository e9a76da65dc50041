import { faultNames } from "./fault";
import type { Fault, FaultInjection, InjectedFault } from "./fault";

interface Planned {
  injection: FaultInjection;
  matches: number;
  hits: number;
}

/** Adds something that goes wrong to what is planned. */
export function addTo<Planned extends { hits: number }>(all: Set<Planned>, planned: Planned): InjectedFault {
  all.add(planned);
  return {
    get hits() {
      return planned.hits;
    },
    remove: () => void all.delete(planned),
  };
}

/** The faults that are still to come. */
export class FaultPlan {
  private readonly planned = new Set<Planned>();

  inject(injection: FaultInjection): InjectedFault {
    check(injection);
    return addTo(this.planned, { injection, matches: 0, hits: 0 });
  }

  clear(): void {
    this.planned.clear();
  }

  /** The fault of this request. It counts for every injection that it matches; the first that is due decides. */
  take(method: string, url: string): Fault | undefined {
    const path = url.split("?")[0]!;
    let due: Planned | undefined;
    for (const planned of this.planned) {
      if (matches(planned.injection, method, path)) {
        planned.matches++;
        due ??= isDue(planned) ? planned : undefined;
      }
    }
    if (due) {
      due.hits++;
    }
    return due?.injection.fault;
  }
}

function matches({ match }: FaultInjection, method: string, path: string): boolean {
  const isMethod = match?.method === undefined || match.method.toUpperCase() === method;
  return isMethod && (match?.path === undefined || path.search(match.path) >= 0);
}

function isDue({ injection: { occurrence = 1, times = 1 }, matches, hits }: Planned): boolean {
  return matches >= occurrence && hits < times;
}

function check({ occurrence = 1, times = 1, fault }: FaultInjection): void {
  if (!Number.isInteger(occurrence) || occurrence < 1) {
    throw new RangeError(`occurrence must be a whole number from 1 on, not ${occurrence}.`);
  }
  if (!(times === Infinity || (Number.isInteger(times) && times >= 1))) {
    throw new RangeError(`times must be a whole number from 1 on, or Infinity, not ${times}.`);
  }
  if (typeof fault === "string" && !faultNames.includes(fault)) {
    throw new RangeError(
      `fault must be one of ${faultNames.join(", ")}, or { status }, { operation } or { provisioningState }, not ${String(fault)}.`,
    );
  }
  if (typeof fault === "object" && "status" in fault && !(fault.status >= 200 && fault.status <= 599)) {
    throw new RangeError(`A fault's status must be from 200 to 599, not ${fault.status}.`);
  }
}
