import * as path from "node:path";
import type { Machine } from "./machine";

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
