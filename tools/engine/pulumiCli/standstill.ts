import * as fs from "node:fs/promises";
import * as path from "node:path";

/**
 * Watches the size of a folder and aborts when it has not changed for the given time.
 * Call `stop` when the work that is watched has ended.
 */
export function abortWhenStill(
  folder: string,
  limitInSeconds: number,
): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  let lastSizeInBytes = -1;
  let lastChangeAt = Date.now();
  const timer = setInterval(() => {
    void sizeInBytes(folder).then((size) => {
      if (size !== lastSizeInBytes) {
        lastSizeInBytes = size;
        lastChangeAt = Date.now();
      } else if (Date.now() - lastChangeAt > limitInSeconds * 1000) {
        controller.abort(new Error(`nothing arrived for ${limitInSeconds} s`));
      }
    });
  }, 1000);
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}

/** Files may come and go meanwhile: what cannot be read counts as nothing. */
async function sizeInBytes(folder: string): Promise<number> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const entryPath = path.join(folder, entry.name);
      return entry.isDirectory()
        ? sizeInBytes(entryPath)
        : fs.stat(entryPath).then(
            (status) => status.size,
            () => 0,
          );
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
