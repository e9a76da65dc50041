/**
 * How long the service takes, in milliseconds at speed 1. Times are those of the seeds and recordings where they are
 * steady, and the short end of what was seen where they are not.
 */
export const durationsInMs = {
  validation: 12_000,
  instancePut: 1_000,
  configuringProtection: 30_000,
  updatingProtection: 5_000,
  rolePropagation: 20_000,
  instanceDelete: 16_000,
  protectionChange: 45_000,
  sync: 1_000,
  adhocBackup: 1_000,
  resourceGroupDelete: 5_000,
} as const;

/** What `Retry-After` says, in seconds at speed 1, on the answers that begin an operation (seeds). */
export const retryAfterInSeconds = {
  validation: 10,
  instancePut: 15,
  instanceDelete: 30,
  protectionChange: 10,
  sync: 10,
  adhocBackup: 10,
  resourceGroupDelete: 15,
} as const;

export type DurationName = keyof typeof durationsInMs;
export type RetryName = keyof typeof retryAfterInSeconds;

/** The service's pace, made `speed` times faster. */
export class Pace {
  constructor(readonly speed: number) {}

  inMs(name: DurationName): number {
    return durationsInMs[name] / this.speed;
  }

  /** `Retry-After` counts whole seconds, so faster paces use the millisecond headers that Microsoft's SDKs read. */
  retryHeaders(name: RetryName): Record<string, string> {
    const seconds = retryAfterInSeconds[name];
    if (this.speed === 1) {
      return { "Retry-After": String(seconds) };
    }
    const milliseconds = String(Math.max(1, Math.round((seconds * 1000) / this.speed)));
    return { "retry-after-ms": milliseconds, "x-ms-retry-after-ms": milliseconds };
  }
}
