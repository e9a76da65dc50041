import { systemTerminal } from "../terminal";
import { runRestore } from "./restoreCommand";

/**
 * Runs the command with these words.
 *
 * @throws An error that says what to do, `UsageError` for a mistake on the command line.
 */
export async function run(words: readonly string[]): Promise<void> {
  await runRestore(words, systemTerminal());
}
