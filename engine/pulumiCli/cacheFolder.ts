import { randomBytes } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { verifyCli } from "./cliVersion";
import type { Machine } from "./machine";

const longestAttemptInMs = 6 * 60 * 60 * 1000;

/**
 * The folder, shared by all clones, in which CLIs are kept: `<the user's cache folder>/pulumi-azure-dataprotection/pulumi`.
 * The user's cache folder is `XDG_CACHE_HOME` or `~/.cache`, `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows.
 */
export function cacheFolderOf(machine: Pick<Machine, "platform" | "environment" | "homeFolder">): string {
  return path.join(userCacheFolder(machine), "pulumi-azure-dataprotection", "pulumi");
}

function userCacheFolder({
  platform,
  environment,
  homeFolder,
}: Pick<Machine, "platform" | "environment" | "homeFolder">): string {
  if (platform === "win32") {
    return environment.LOCALAPPDATA || path.join(homeFolder, "AppData", "Local");
  }
  const xdgCacheFolder = environment.XDG_CACHE_HOME;
  if (xdgCacheFolder && path.isAbsolute(xdgCacheFolder)) {
    return xdgCacheFolder;
  }
  return platform === "darwin" ? path.join(homeFolder, "Library", "Caches") : path.join(homeFolder, ".cache");
}

/** Where a finished CLI of that version lives in the cache: a folder with `bin/pulumi` in it. */
export function installFolder(cacheFolder: string, version: string): string {
  return path.join(cacheFolder, `v${version}`);
}

/** The executable in a folder laid out as Pulumi's own install script does. */
export function executableIn(root: string, platform: NodeJS.Platform): string {
  return path.join(root, "bin", platform === "win32" ? "pulumi.exe" : "pulumi");
}

/**
 * Gives `fill` an empty staging folder inside the cache, in which it makes `root`, runs what it made, and moves `root` to
 * its final place in one rename. So a folder with the final name was complete and verified when it got that name.
 *
 * Two processes may do this at once: the one that comes second throws its own away and takes the first one's.
 *
 * @param fill - Makes `<staging>/root`; whatever else it leaves in the staging folder is removed.
 * @returns The final folder.
 */
export async function publish(
  machine: Machine,
  cacheFolder: string,
  version: string,
  fill: (staging: string) => Promise<void>,
): Promise<string> {
  await fs.mkdir(cacheFolder, { recursive: true });
  await removeLeftovers(machine, cacheFolder);
  const staging = path.join(cacheFolder, stagingName(machine));
  await fs.mkdir(staging);
  try {
    await fill(staging);
    const root = path.join(staging, "root");
    const final = installFolder(cacheFolder, version);
    const verify = (folder: string): Promise<void> =>
      verifyCli(machine, executableIn(folder, machine.platform), version);
    await verify(root);
    if (!(await isRenamed(root, final))) {
      await verify(final).catch(async () => {
        await fs.rename(final, path.join(staging, "unusable"));
        await fs.rename(root, final);
      });
    }
    return final;
  } finally {
    await removeFolder(staging);
  }
}

/** False when there is something at `target` already. */
async function isRenamed(source: string, target: string): Promise<boolean> {
  try {
    await fs.rename(source, target);
    return true;
  } catch (error) {
    // Windows answers EPERM where POSIX answers ENOTEMPTY or EEXIST.
    if (["ENOTEMPTY", "EEXIST", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) {
      return false;
    }
    throw error;
  }
}

function stagingName(machine: Machine): string {
  return `staging-${machine.processId}-${randomBytes(4).toString("hex")}-${machine.hostName}`;
}

/** Removes the staging folders of attempts that were killed: their process is gone, or they are older than any attempt. */
async function removeLeftovers(machine: Machine, cacheFolder: string): Promise<void> {
  for (const name of await fs.readdir(cacheFolder)) {
    const [, processId, hostName] = /^staging-(\d+)-[0-9a-f]{8}-(.*)$/.exec(name) ?? [];
    if (processId === undefined) {
      continue;
    }
    const folder = path.join(cacheFolder, name);
    const diedHere = hostName === machine.hostName && !machine.processIsAlive(Number(processId));
    if (diedHere || (await ageInMs(folder)) > longestAttemptInMs) {
      await removeFolder(folder);
    }
  }
}

async function ageInMs(folder: string): Promise<number> {
  const status = await fs.stat(folder).catch(() => undefined);
  return status ? Date.now() - status.mtimeMs : 0;
}

async function removeFolder(folder: string): Promise<void> {
  await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
