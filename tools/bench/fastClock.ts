/** A clock that runs `factor` times as fast as the machine's from `startedAt` on, which is the same on both. */
export interface FastClock {
  factor: number;
  /** Milliseconds since the epoch. */
  startedAt: number;
}

/** What the fast clock shows when the machine's shows `machineTime`; both in milliseconds since the epoch. */
export function fastTime({ factor, startedAt }: FastClock, machineTime = Date.now()): number {
  return startedAt + (machineTime - startedAt) * factor;
}

/** What the machine's clock shows when the fast clock shows `time`. */
export function machineTime({ factor, startedAt }: FastClock, time: number): number {
  return startedAt + (time - startedAt) / factor;
}
