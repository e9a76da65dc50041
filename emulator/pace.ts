/**
 * How long the service takes, in milliseconds at speed 1. Times are those of the seeds and recordings where they are
 * steady, and the short end of what was seen where they are not.
 */
export const durationsInMs = {
  vaultPut: 1_000,
  vaultDelete: 1_000,
  validation: 12_000,
  instancePut: 1_000,
  configuringProtection: 30_000,
  updatingProtection: 5_000,
  rolePropagation: 20_000,
  instanceDelete: 16_000,
  protectionChange: 45_000,
  sync: 1_000,
  adhocBackup: 1_000,
  diskBackup: 185_000,
  vaultedBackup: 820_000,
  restoreValidation: 21_000,
  restore: 1_000,
  diskRestore: 214_000,
  vaultedRestore: 600_000,
  operationalRestore: 120_000,
  resourceGroupDelete: 5_000,
  registration: 30_000,
} as const;

/** What `Retry-After` says, in seconds at speed 1, on the answers that begin an operation (seeds; assumed for vaults). */
export const retryAfterInSeconds = {
  vaultPut: 10,
  vaultDelete: 10,
  validation: 10,
  instancePut: 15,
  instanceDelete: 30,
  protectionChange: 10,
  sync: 10,
  adhocBackup: 10,
  restoreValidation: 10,
  restore: 10,
  resourceGroupDelete: 15,
} as const;

/** How long a client should wait that sees an operation still at work. */
const stillAtWorkInSeconds = 1;

/** What takes the service time: the names in {@link durationsInMs}. */
export type DurationName = keyof typeof durationsInMs;
export type RetryName = keyof typeof retryAfterInSeconds;

/** The service's pace, made `speed` times faster. */
export class Pace {
  /** `overridesInMs` replaces durations of the table, in milliseconds at speed 1. */
  constructor(
    readonly speed: number,
    private readonly overridesInMs: Partial<Record<DurationName, number>> = {},
  ) {}

  inMs(name: DurationName): number {
    return (this.overridesInMs[name] ?? durationsInMs[name]) / this.speed;
  }

  retryHeaders(name: RetryName): Record<string, string> {
    return this.retryAfter(retryAfterInSeconds[name]);
  }

  /** `Retry-After` counts whole seconds, so faster paces use the millisecond headers that Microsoft's SDKs read. */
  retryAfter(seconds: number): Record<string, string> {
    if (this.speed === 1) {
      return { "Retry-After": String(Math.ceil(seconds)) };
    }
    const milliseconds = String(Math.max(1, Math.round((seconds * 1000) / this.speed)));
    return { "retry-after-ms": milliseconds, "x-ms-retry-after-ms": milliseconds };
  }

  /**
   * For answers that show an operation still at work. The service says nothing there (facts 3.4), so nothing is said at its own
   * pace. At a faster one it must be: Microsoft's clients go on with intervals of 10 to 30 s of their own.
   */
  stillAtWorkHeaders(): Record<string, string> {
    return this.speed === 1 ? {} : this.retryAfter(stillAtWorkInSeconds);
  }
}
