import type { Clock } from "../azure/clock";
import { SignInError } from "../azure/account/signInError";
import { ArmError, NoAnswerError } from "../azure/http/errors";
import { canonicalResourceId, isSameResourceId } from "../azure/resourceId";
import { KeptResources } from "../lifecycle/keptResources";
import type { Rows } from "./rows";
import type { Session } from "./session";

/**
 * How long validations may hold up a preview, all together. The engine waits for the `check` of one resource before it goes on
 * to the next (CLI 3.259), so validating 500 new instances, 12 s each, would take nearly two hours.
 */
const previewPatienceInMs = 60_000;

/** Something that the service is asked about a resource and that an operation can do without. */
export interface Question {
  topic: keyof typeof withoutAnswer;
  resourceId: string;
  /** What the answer hangs on: what does not answer is not asked again. */
  vaultId: string;
}

/** What a row says where the service did not answer. */
const withoutAnswer = {
  liveState:
    "could not look at the live state of this backup instance, so it is not known whether it is still protected",
  vaultSettings: "could not compare this backup instance with the settings of its vault",
  prerequisite: "could not look at this resource in Azure, so it is not known whether others have changed it",
  formerName: "could not look whether this stack has made this resource under another name before",
  replacement:
    "could not ask whether this replacement can succeed, which the update asks again before it deletes anything",
  validation:
    "could not ask whether the service would accept this backup instance, which the update asks again",
};

/** What the resources of one operation share besides the session, from the first `check` to the last `delete`. */
export class OperationMemory {
  readonly keptResources = new KeptResources();
  readonly #existing = new Set<unknown>();
  readonly #usedVaults = new Set<string>();
  /** Why a question about a vault is not asked again, by topic and vault. */
  readonly #unanswered = new Map<string, string>();
  #isSignedOut = false;
  #previewPatienceLeftInMs = previewPatienceInMs;

  /** @param open - Gives the session of the operation. */
  constructor(
    readonly rows: Rows,
    private readonly clock: Clock,
    private readonly open: () => Promise<Session>,
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

  /** Says that the program declares a vault, or something in it. */
  useVault(vaultId: string): void {
    this.#usedVaults.add(canonicalResourceId(vaultId));
  }

  /** Whether the program is known by now to declare a vault, or something in it. */
  isVaultUsed(vaultId: string): boolean {
    return this.#usedVaults.has(canonicalResourceId(vaultId));
  }

  /** Asks as {@link ifReachable} does, about one new instance, until a minute of the preview was spent on it. */
  async whilePatient<Answer>(
    question: Question,
    ask: (session: Session) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    if (this.#previewPatienceLeftInMs <= 0) {
      return undefined;
    }
    const startedAt = this.clock.now();
    const answer = await this.ifReachable(question, ask);
    this.#previewPatienceLeftInMs -= this.clock.now() - startedAt;
    if (this.#previewPatienceLeftInMs <= 0) {
      await this.rows.say(question.resourceId, whatIsNotAsked);
    }
    return answer;
  }

  /**
   * Asks the service something that an operation can do without. What keeps it from answering is a warning on the row of
   * each instance that the question was about, and the others of that vault are not kept waiting for the same; those of
   * other vaults are asked about as ever. Only where nobody can sign in, one warning is for all.
   */
  async ifReachable<Answer>(
    question: Question,
    ask: (session: Session) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const { resourceId, vaultId, topic } = question;
    const key = `${topic} ${canonicalResourceId(vaultId)}`;
    let reason = this.#unanswered.get(key);
    if (this.#isSignedOut) {
      return undefined;
    }
    if (reason === undefined) {
      let isOpen = false;
      try {
        const session = await this.open();
        isOpen = true;
        return await ask(session);
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
        if (!isOpen || error instanceof SignInError) {
          return this.#giveUp(reason);
        }
        if (!isAboutOnly(resourceId, error)) {
          this.#unanswered.set(key, reason);
        }
      }
    }
    await this.rows.say(resourceId, `${withoutAnswer[topic]}: ${reason}`, "warning");
    return undefined;
  }

  async #giveUp(reason: string): Promise<undefined> {
    this.#isSignedOut = true;
    await this.rows.warnOfAll(`could not look at the live state of backup instances: ${reason}`);
  }
}

/** Whether a failure is the answer to a question about this resource itself, which says nothing of the others. */
function isAboutOnly(resourceId: string, error: unknown): boolean {
  const isAnswer = error instanceof ArmError || error instanceof NoAnswerError;
  return isAnswer && isSameResourceId(error.request.path, resourceId);
}

const whatIsNotAsked =
  "this preview asks the service about no more new backup instances: they are checked one after the other, which has taken " +
  "a minute by now. The update validates all of them";
