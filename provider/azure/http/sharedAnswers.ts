/**
 * Answers that many callers want: each is asked for once, shared by all, and asked for again only after a failure, or
 * when it is to be forgotten.
 */
export class SharedAnswers<Answer> {
  readonly #answers = new Map<string, Promise<Answer>>();

  /** @param key - What the answer is about: callers with the same key share it. */
  async get(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(key);
    if (known !== undefined) {
      return known;
    }
    const asked = ask();
    this.#answers.set(key, asked);
    asked.catch(() => this.#answers.delete(key));
    return asked;
  }

  /** Has it asked for again. */
  forget(key: string): void {
    this.#answers.delete(key);
  }
}
