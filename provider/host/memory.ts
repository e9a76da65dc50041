import type { Clock } from "../azure/clock";
import { KeptResources } from "../lifecycle/keptResources";
import type { Rows } from "./rows";

/**
 * How long validations may hold up a preview, all together. The engine waits for the `check` of one resource before it goes on
 * to the next (CLI 3.259), so validating 500 new instances, 12 s each, would take nearly two hours.
 */
const previewPatienceInMs = 60_000;

/** What the resources of one operation share besides the session, from the first `check` to the last `delete`. */
export class OperationMemory {
  readonly keptResources = new KeptResources();
  readonly #existing = new Set<unknown>();
  #isUnreachable = false;
  #previewPatienceLeftInMs = previewPatienceInMs;

  constructor(
    readonly rows: Rows,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether a `check` is for a resource that state does not hold yet. A replacement is checked a second time as if it were
   * new, but there the old instance still protects the datasource.
   */
  isFirstCreate(olds: object, resourceUrn: unknown): boolean {
    const isNew = Object.keys(olds).length === 0;
    if (!isNew) {
      this.#existing.add(resourceUrn);
    }
    return isNew && !this.#existing.has(resourceUrn);
  }

  /** Asks as {@link ifReachable} does, about one new instance, until a minute of the preview was spent on it. */
  async whilePatient<Answer>(
    backupInstanceId: string,
    ask: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    if (this.#previewPatienceLeftInMs <= 0) {
      return undefined;
    }
    const startedAt = this.clock.now();
    const answer = await this.ifReachable(ask);
    this.#previewPatienceLeftInMs -= this.clock.now() - startedAt;
    if (this.#previewPatienceLeftInMs <= 0) {
      await this.rows.say(backupInstanceId, whatIsNotAsked);
    }
    return answer;
  }

  /**
   * Asks the service something that an operation can do without. What keeps it from answering is one warning for the whole
   * operation, and the others are not kept waiting for the same.
   */
  async ifReachable<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    if (this.#isUnreachable) {
      return undefined;
    }
    try {
      return await ask();
    } catch (error) {
      this.#isUnreachable = true;
      const reason = error instanceof Error ? error.message : String(error);
      await this.rows.warnOfAll(`could not look at the live state of backup instances: ${reason}`);
      return undefined;
    }
  }
}

const whatIsNotAsked =
  "this preview asks the service about no more new backup instances: they are checked one after the other, which has taken " +
  "a minute by now. The update validates all of them";
