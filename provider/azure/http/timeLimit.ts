import { formatDuration } from "../clock";

/** How long one exchange with a service may take, in milliseconds: Microsoft's own clients wait as long. */
export const longestRequestInMs = 100_000;

/** Nothing came back in time. Whether the other side acted is not known. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";

  constructor(limitInMs: number) {
    super(`no answer came within ${formatDuration(limitInMs)}`);
  }
}

/**
 * Runs something that may never end, such as a request to a server that hangs or that sends its answer byte by byte.
 *
 * @param run - Is given a signal that is aborted when the time is over; one that ignores it is left behind.
 * @throws {@link TimeLimitError} when the time is over first.
 */
export async function withinTime<Result>(
  limitInMs: number,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const expire = (): void => {
      const error = new TimeLimitError(limitInMs);
      reject(error);
      controller.abort(error);
    };
    // The connection keeps the process alive as long as there is something to wait for.
    const timer = setTimeout(expire, limitInMs).unref();
    run(controller.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
