import { gte, major } from "semver";
import { cliVersion } from "./cliVersion";
import { CommandNotFoundError } from "./run";
import type { FoundCli, Way, WayContext } from "./way";
import { minimumVersion } from "./versions";

/** The CLI that is installed on this machine. */
export const fromPath: Way = {
  name: "on PATH",

  async find({ machine }: WayContext): Promise<FoundCli> {
    const version = await cliVersion(machine, "pulumi").catch((error: unknown) => {
      throw error instanceof CommandNotFoundError ? new Error("none") : error;
    });
    if (!gte(version, minimumVersion) || major(version) !== major(minimumVersion)) {
      throw new Error(
        `it is ${version}, and ${minimumVersion} or newer (of ${major(minimumVersion)}.x) is needed`,
      );
    }
    return { version };
  },
};
