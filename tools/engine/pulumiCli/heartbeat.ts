const intervalInMs = 30_000;

/** Does `work` and reports every half a minute that it still goes on, with the time it has taken so far. */
export async function withHeartbeat<T>(
  report: (line: string) => void,
  doing: string,
  work: () => Promise<T>,
): Promise<T> {
  const startedAt = Date.now();
  const timer = setInterval(() => report(`${doing}, ${duration(Date.now() - startedAt)}`), intervalInMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** A length of time as people say it: `45 s`, `5 min 12 s`. */
export function duration(timeInMs: number): string {
  const seconds = Math.round(timeInMs / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
