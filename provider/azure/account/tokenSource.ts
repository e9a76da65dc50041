import type { AccessToken, TokenCredential } from "@azure/identity";
import { longestRequestInMs, withinTime } from "../http/timeLimit";

/** A token is replaced this long before it expires, which is when the identity libraries' own caches let go of it. */
const renewalMarginInMs = 4 * 60_000;

/** How long a token that is still good serves after an attempt to replace it has failed. */
const renewalRetryInMs = 30_000;

/** What a {@link TokenSource} needs. */
export interface TokenSourceOptions {
  /** Opens the credential; called again after a token was refused, because credentials cache tokens themselves. */
  readonly openCredential: () => Promise<TokenCredential>;
  /** For what the tokens are, such as `https://management.azure.com/.default`. */
  readonly scope: string;
  /** Turns the failure of a request into the error that the user sees. */
  readonly explain: (failure: unknown) => Error | Promise<Error>;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
}

/** One token for all resources of an update: asked for once, shared, and replaced before it expires. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  readonly #now: () => number;
  #credential: Promise<TokenCredential> | undefined;
  #held: { readonly token: string; readonly expiresAtInMs: number; readonly renewAtInMs: number } | undefined;
  #request: Promise<string> | undefined;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /**
   * The token to send. Callers that come while one is being asked for wait for the same answer, and share its failure;
   * the next caller after a failure asks again.
   *
   * @param signal - Ends this caller's waiting, not the request that others may be waiting for.
   */
  async getToken(signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    if (this.#held !== undefined && this.#now() < this.#held.renewAtInMs) {
      return this.#held.token;
    }
    this.#request ??= this.#renew().finally(() => {
      this.#request = undefined;
    });
    return signal === undefined ? this.#request : abortable(this.#request, signal);
  }

  /** Says that the service refused this token (401): the next {@link getToken} asks for another one. */
  invalidate(token: string): void {
    if (this.#held?.token === token) {
      this.#held = undefined;
      this.#credential = undefined;
    }
  }

  async #renew(): Promise<string> {
    try {
      // The libraries know no limit, and those for most methods do not heed an abort signal (@azure/identity 4.13).
      const { token, expiresOnTimestamp } = await withinTime(longestRequestInMs, async () => this.#ask());
      const now = this.#now();
      const lifetimeInMs = expiresOnTimestamp - now;
      // A token shorter than the margin, or one that came out of a cache late in its life, still serves for a while.
      const renewAtInMs = now + Math.max(lifetimeInMs - renewalMarginInMs, lifetimeInMs / 2);
      this.#held = { token, expiresAtInMs: expiresOnTimestamp, renewAtInMs };
      return token;
    } catch (failure) {
      this.#credential = undefined;
      const now = this.#now();
      if (this.#held !== undefined && now < this.#held.expiresAtInMs) {
        this.#held = { ...this.#held, renewAtInMs: now + renewalRetryInMs };
        return this.#held.token;
      }
      throw await this.#options.explain(failure);
    }
  }

  async #ask(): Promise<AccessToken> {
    this.#credential ??= this.#options.openCredential();
    const answer = await (await this.#credential).getToken(this.#options.scope);
    if (answer === null) {
      throw new Error("the credential gave no token");
    }
    return answer;
  }
}

function abortable<Value>(waiting: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    waiting.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
