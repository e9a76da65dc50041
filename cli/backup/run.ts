import { systemTerminal } from "../terminal";
import { runBackup } from "./backupCommand";

/**
 * Runs the command with these words.
 *
 * @throws An error that says what to do, `UsageError` for a mistake on the command line.
 */
export async function run(words: readonly string[]): Promise<void> {
  await runBackup(words, systemTerminal());
}
