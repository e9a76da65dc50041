/** Time, injected everywhere so that tests never wait and never depend on the wall clock. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Resolves after `durationInMs`; rejects with the signal's reason when it is aborted first. */
  sleep(durationInMs: number, signal?: AbortSignal): Promise<void>;
}

/** Node.js turns a longer `setTimeout` into one of 1 ms, which would make a long wait a busy loop. */
const longestTimerInMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (durationInMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
        Math.min(Math.max(durationInMs, 0), longestTimerInMs),
      );
      signal?.addEventListener("abort", onAbort, { once: true });
    }),
};

/** A length of time for people: `2m10s`. */
export function formatDuration(durationInMs: number): string {
  const inSeconds = Math.round(durationInMs / 1_000);
  const [minutes, seconds] = [Math.floor(inSeconds / 60), inSeconds % 60];
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds}s`;
}
