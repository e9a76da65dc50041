import * as fs from "node:fs";
import * as path from "node:path";

/**
 * The folder with Pulumi's own host of Node.js programs, where the engine would find it: on PATH, or next to the CLI, where
 * the official download has it. The CLI that is built from its Go modules comes without.
 */
export function languageHostFolder(cliRoot: string): string | undefined {
  const name = `pulumi-language-nodejs${process.platform === "win32" ? ".exe" : ""}`;
  const nextToTheCli = cliRoot === "" ? [] : [path.join(cliRoot, "bin")];
  const folders = [...nextToTheCli, ...(process.env.PATH ?? "").split(path.delimiter)];
  return folders.find((folder) => fs.existsSync(path.join(folder, name)));
}
