import * as fs from "node:fs/promises";
import * as path from "node:path";

/**
 * Writes an executable that starts a script with the Node that runs now: what the engine takes for a plugin.
 *
 * @param folder - Made if it is not there.
 * @param name - Name of the executable, without an extension.
 */
export async function writeLauncher(folder: string, name: string, scriptFile: string): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  if (process.platform === "win32") {
    const launcher = `@echo off\r\n"${process.execPath}" "${scriptFile}" %*\r\n`;
    await fs.writeFile(path.join(folder, `${name}.cmd`), launcher);
  } else {
    const launcher = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(scriptFile)} "$@"\n`;
    await fs.writeFile(path.join(folder, name), launcher, { mode: 0o755 });
  }
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
