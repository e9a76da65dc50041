import { UsageError } from "./commandLine";
import { runImport } from "./importCommand";

/**
 * Runs the command with these words; whatever goes wrong is one message on standard error.
 *
 * @returns the exit code: 0, 1 when it failed, 2 for a mistake on the command line.
 */
export async function run(words: readonly string[]): Promise<number> {
  try {
    await runImport(words, (text) => console.log(text));
    return 0;
  } catch (error) {
    const { message } = error as Error;
    const isUsage = error instanceof UsageError;
    console.error(isUsage ? `${message}; import --help lists the options` : message);
    return isUsage ? 2 : 1;
  }
}
