import { NoAnswerError } from "./errors";

/** Looks that got no answer, or none that could be read, are forgiven this often in a row (go-azure-sdk does the same). */
const forgivenFailures = 3;

/** How many looks in a row may fail before a wait that consists of many is given up. */
export class Patience {
  #failuresInARow = 0;

  /** A look has succeeded. */
  renew(): void {
    this.#failuresInARow = 0;
  }

  /** Takes a failed look for a bad moment, or throws the error: the fourth in a row, and whatever the service did answer. */
  forgive(error: unknown): void {
    this.#failuresInARow++;
    if (!(error instanceof NoAnswerError) || this.#failuresInARow > forgivenFailures) {
      throw error;
    }
  }
}
