import { execFile } from "node:child_process";

/** What a command printed; rejects with its standard error when it fails. */
export function run(
  command: string,
  words: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeoutInMs: number },
): Promise<string> {
  const { cwd, env, timeoutInMs } = options;
  return new Promise((resolve, reject) => {
    execFile(
      command,
      words,
      { env: env ?? process.env, timeout: timeoutInMs, ...(cwd ? { cwd } : {}) },
      (error, stdout, stderr) => {
        if (error) {
          reject(
            new Error(`${command} ${words.join(" ")}: ${stderr.trim() || error.message}`, { cause: error }),
          );
        } else {
          resolve(stdout);
        }
      },
    );
  });
}
