import * as fs from "node:fs/promises";
import * as path from "node:path";

/** The folder of package.json. */
export const repository = path.resolve(__dirname, "../..");

/** What a clone does not have, or what nothing needs that is built from it. */
const leftOut = [".git", "dist", "node_modules", "tests"];
const isStackSettings = (file: string): boolean => /^Pulumi\..+\.yaml$/.test(path.basename(file));

/**
 * Copies the sources to a new folder and lends it the installed packages: a clone, as it is after `npm ci` except that
 * nothing was built. The folder of the tests is not built into, since other tests run from its `dist` at the same time.
 */
export async function copyRepository(folder: string): Promise<void> {
  const names = (await fs.readdir(repository)).filter((name) => !leftOut.includes(name));
  for (const name of names) {
    await fs.cp(path.join(repository, name), path.join(folder, name), {
      recursive: true,
      filter: (source) => !isStackSettings(source),
    });
  }
  await fs.symlink(path.join(repository, "node_modules"), path.join(folder, "node_modules"), "junction");
}

/** The rooms that are published. */
const packedRooms = ["cli", "components", "emulator", "provider"];

/** The files that the tarball should hold besides declarations: what npm always takes, and one for each source. */
export async function expectedPackedFiles(): Promise<string[]> {
  const always = (await fs.readdir(repository)).filter((name) =>
    /^(package\.json|(readme|licen[cs]e)(\..*)?)$/i.test(name),
  );
  const sources = await Promise.all(packedRooms.map((room) => filesBelow(repository, room)));
  const built = sources
    .flat()
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `dist/${file.replace(/\.ts$/, ".js")}`);
  return [...always, ...built].sort();
}

/** The files below a folder, as paths relative to `root` with slashes, in alphabetical order. */
export async function filesBelow(root: string, folder = ""): Promise<string[]> {
  const entries = await fs.readdir(path.join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(root, path.join(parentPath, name)).split(path.sep).join("/"))
    .sort();
}
