import type { Clock } from "../azure/clock";
import { canonicalResourceId } from "../azure/resourceId";
import type { EngineLog, Severity } from "./engineLog";

/** Progress is told at most this often on one row. */
const shortestIntervalInMs = 10_000;

/**
 * The rows of the resources in Pulumi's display. The host tells a verb nothing about the resource that it serves, so each
 * resource brings its URN along: as an input, which `check` registers here, and in state, for a refresh or a destroy, in
 * which nothing is checked.
 */
export class Rows {
  readonly #urns = new Map<string, string>();
  readonly #said = new Set<string>();
  readonly #toldAt = new Map<string, number>();

  constructor(
    private readonly log: EngineLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Says on which row a resource stands from now on.
   *
   * @param urn - Its URN; nothing for state that an older version has written, whose messages stand on the stack's row.
   */
  register(resourceId: string, urn: string | undefined): void {
    if (urn !== undefined) {
      this.#urns.set(canonicalResourceId(resourceId), urn);
    }
  }

  /** Says something that stays, once an operation. */
  async say(resourceId: string, message: string, severity: Severity = "info"): Promise<void> {
    const key = canonicalResourceId(resourceId);
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

  /**
   * Where to show how far a resource has come. Each line takes the place of the one before; lines that come too soon are left
   * out.
   */
  progressOn(resourceId: string): (message: string) => void {
    const key = canonicalResourceId(resourceId);
    return (message) => {
      const now = this.clock.now();
      if (now - (this.#toldAt.get(key) ?? -Infinity) >= shortestIntervalInMs) {
        this.#toldAt.set(key, now);
        void this.log("info", message, this.#urns.get(key) ?? "", true);
      }
    };
  }
}
