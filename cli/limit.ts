import { parseDuration } from "../provider/lifecycle/timeouts";
import { UsageError } from "./options";

/** How long something may take. */
export interface Limit {
  limitInMs: number;
  /** As it was given. */
  limit: string;
}

/**
 * The duration that `--timeout` was given.
 *
 * @throws {@link UsageError} when it is none.
 */
export function limitOf(given: string): Limit {
  const limitInMs = parseDuration(given);
  if (limitInMs === undefined) {
    throw new UsageError(`--timeout needs a duration such as 90s, 45m or 2h, not ${given || "nothing"}`);
  }
  return { limitInMs, limit: given };
}
