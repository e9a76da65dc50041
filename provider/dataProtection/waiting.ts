import type { Clock } from "../azure/clock";
import type { Deadline } from "../azure/deadline";

/** What every wait needs: the time, its end, and a place to tell people how far it has come. */
export interface Waiting {
  clock: Clock;
  deadline: Deadline;
  showProgress(message: string): void;
}
