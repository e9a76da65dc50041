/** The emulator's clock, which can be stopped: what the service has begun then stays as it is. */
export class ServiceClock {
  #behindInMs = 0;
  #stoppedAt: number | undefined;

  readonly now = (): number => this.#stoppedAt ?? Date.now() - this.#behindInMs;

  stop(): void {
    this.#stoppedAt ??= this.now();
  }

  /** Goes on where it stopped. */
  goOn(): void {
    if (this.#stoppedAt !== undefined) {
      this.#behindInMs = Date.now() - this.#stoppedAt;
      this.#stoppedAt = undefined;
    }
  }
}
