import { KeptResources } from "./keptResources";
import type { Rows } from "./rows";

/** What the resources of one operation share besides the session, from the first `check` to the last `delete`. */
export class OperationMemory {
  readonly keptResources = new KeptResources();
  readonly #existing = new Set<unknown>();
  #isUnreachable = false;

  constructor(readonly rows: Rows) {}

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
