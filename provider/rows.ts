import type { Clock } from "./azure/clock";
import { canonicalResourceId } from "./azure/resourceId";
import type { EngineLog, Severity } from "./engineLog";

/** Progress is told at most this often on one row. */
const shortestIntervalInMs = 10_000;

/**
 * The rows of the resources in Pulumi's display. The host tells a verb nothing about the resource that it serves, so
 * `check`, which comes first, registers each instance's URN here.
 */
export class Rows {
  readonly #urns = new Map<string, string>();
  readonly #saidOnce = new Set<string>();
  readonly #toldAt = new Map<string, number>();

  constructor(
    private readonly log: EngineLog,
    private readonly clock: Clock,
  ) {}

  register(backupInstanceId: string, urn: string): void {
    this.#urns.set(canonicalResourceId(backupInstanceId), urn);
  }

  /** Says something that stays; on the stack's row where the resource's own is not known, as in a destroy. */
  async say(backupInstanceId: string, message: string, severity: Severity = "info"): Promise<void> {
    await this.log(severity, message, this.#urns.get(canonicalResourceId(backupInstanceId)) ?? "", false);
  }

  /** Warns on the stack's row, once an operation, of something that concerns all resources. */
  async sayOnce(message: string): Promise<void> {
    if (!this.#saidOnce.has(message)) {
      this.#saidOnce.add(message);
      await this.log("warning", message, "", false);
    }
  }

  /** Shows how far it has come; the next such line takes its place. Lines that come too soon are left out. */
  showProgress(backupInstanceId: string, message: string): void {
    const key = canonicalResourceId(backupInstanceId);
    const now = this.clock.now();
    if (now - (this.#toldAt.get(key) ?? -Infinity) >= shortestIntervalInMs) {
      this.#toldAt.set(key, now);
      void this.log("info", message, this.#urns.get(key) ?? "", true);
    }
  }
}
