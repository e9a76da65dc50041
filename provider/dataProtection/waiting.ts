import type { Clock } from "../azure/clock";
import { formatDuration } from "../azure/clock";
import type { Deadline } from "../azure/http/deadline";

/** What every wait needs: the time, its end, and a place to tell people how far it has come. */
export interface Waiting {
  clock: Clock;
  deadline: Deadline;
  showProgress: (message: string) => void;
}

/**
 * Tells people that something goes on, and for how long it has: `validating`, `validating (20s)`.
 *
 * @param doing - What goes on.
 */
export function progressOf(
  showProgress: Waiting["showProgress"],
  doing: string,
): (waitedInMs: number) => void {
  return (waitedInMs) => {
    const waited = formatDuration(waitedInMs);
    showProgress(waited === "0s" ? doing : `${doing} (${waited})`);
  };
}
