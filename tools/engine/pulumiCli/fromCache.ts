import * as fs from "node:fs/promises";
import { executableIn, installFolder } from "./cacheFolder";
import { verifyCli } from "./cliVersion";
import type { FoundCli, Way, WayContext } from "./way";
import { ownVersion } from "./versions";

/** The CLI that an earlier download or build left in the user's cache folder. */
export const fromCache: Way = {
  name: "in the cache",

  async find({ machine, cacheFolder }: WayContext): Promise<FoundCli> {
    const root = installFolder(cacheFolder, ownVersion);
    if (!(await exists(root))) {
      throw new Error(`no v${ownVersion} in ${cacheFolder}`);
    }
    await verifyCli(machine, executableIn(root, machine.platform), ownVersion);
    return { root, version: ownVersion };
  },
};

async function exists(folder: string): Promise<boolean> {
  return fs.access(folder).then(
    () => true,
    () => false,
  );
}
