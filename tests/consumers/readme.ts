import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { repository } from "./repositoryCopy";

/** The program of the README's first steps: the file's name in backquotes, a few words, and then its text. */
async function programIn(readme: string, file: string): Promise<string> {
  const found = new RegExp(`^\`${file}\`[^\`]*:\n\n\`\`\`js\n([^\`]*)\`\`\`$`, "m").exec(readme);
  if (!found?.[1]) {
    throw new Error(`README.md shows no program ${file}`);
  }
  return found[1];
}

/**
 * Does what the README says from `node try.js` on, in a folder in which its packages can be found.
 *
 * @param cliFolder - Folder of the Pulumi CLI; empty for the one on PATH.
 * @returns what is printed.
 */
export async function followReadme(folder: string, cliFolder: string): Promise<string> {
  const readme = await fs.readFile(path.join(repository, "README.md"), "utf8");
  await fs.mkdir(folder);
  for (const file of ["backups.js", "try.js"]) {
    await fs.writeFile(path.join(folder, file), await programIn(readme, file));
  }
  const { NODE_OPTIONS: _nodeOptions, ...environment } = process.env;
  const env = { ...environment, PATH: [cliFolder, process.env.PATH].filter(Boolean).join(path.delimiter) };
  const { stdout, stderr } = spawnSync(process.execPath, ["try.js"], { cwd: folder, env, encoding: "utf8" });
  return `${stderr}${stdout}`;
}
