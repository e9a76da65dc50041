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
  readonly #said = new Set<string>();
  readonly #toldAt = new Map<string, number>();

  constructor(
    private readonly log: EngineLog,
    private readonly clock: Clock,
  ) {}

  register(backupInstanceId: string, urn: string): void {
    this.#urns.set(canonicalResourceId(backupInstanceId), urn);
  }

  /**
   * Says something that stays, once an operation; on the stack's row where the resource's own is not known, as in a destroy.
   */
  async say(backupInstanceId: string, message: string, severity: Severity = "info"): Promise<void> {
    const key = canonicalResourceId(backupInstanceId);
    await this.#sayOnce(key, severity, message, this.#urns.get(key) ?? "");
  }

  /** Warns on the stack's row of something that concerns all resources. */
  async warnOfAll(message: string): Promise<void> {
    await this.#sayOnce("all", "warning", message, "");
  }

  async #sayOnce(about: string, severity: Severity, message: string, urn: string): Promise<void> {
    const saying = `${about} ${message}`;
    if (!this.#said.has(saying)) {
      this.#said.add(saying);
      await this.log(severity, message, urn, false);
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
