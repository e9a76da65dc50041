import * as fs from "node:fs/promises";
import * as path from "node:path";
import { publish } from "./cacheFolder";
import { withHeartbeat } from "./heartbeat";
import { abortWhenStill } from "./standstill";
import type { FoundCli, Way, WayContext } from "./way";
import { ownVersion } from "./versions";

const probeLimitInSeconds = 3;
const standstillLimitInSeconds = 10;
const limitInSeconds = 10 * 60;

/**
 * The official download, by the Automation API's `PulumiCommand.install`.
 *
 * `install` can be neither limited nor stopped, and it runs a script that downloads with `curl`; so it runs in a process of
 * its own, whose temporary folder lies in the cache too, and which is ended when nothing has arrived for a while.
 */
export const fromDownload: Way = {
  name: "by download",

  async find({ machine, cacheFolder, report }: WayContext): Promise<FoundCli> {
    const host = "get.pulumi.com";
    const script = machine.platform === "win32" ? "install.ps1" : "install.sh";
    const status = await machine.httpStatus(`https://${host}/${script}`, probeLimitInSeconds).catch(() => {
      throw new Error(`${host} did not answer within ${probeLimitInSeconds} s`);
    });
    if (status !== 200) {
      throw new Error(`${host} answered ${status} when asked for ${script}`);
    }
    report(`downloading v${ownVersion} from ${host}`);
    const root = await publish(machine, cacheFolder, ownVersion, (staging) =>
      withHeartbeat(report, "still downloading", () => install(machine, staging)),
    );
    return { root, version: ownVersion };
  },
};

async function install(machine: WayContext["machine"], staging: string): Promise<void> {
  const root = path.join(staging, "root");
  const temporary = path.join(staging, "temporary");
  await fs.mkdir(temporary);
  const standstill = abortWhenStill(staging, standstillLimitInSeconds);
  try {
    const program =
      "const [, automation, semver, root, version] = process.argv;" +
      "const { PulumiCommand } = require(automation); const { SemVer } = require(semver);" +
      "PulumiCommand.install({ root, version: new SemVer(version) })" +
      ".catch((error) => { console.error(error.message); process.exit(1); });";
    const { exitCode, errorOutput } = await machine.run(
      process.execPath,
      [
        "-e",
        program,
        require.resolve("@pulumi/pulumi/automation"),
        require.resolve("semver"),
        root,
        ownVersion,
      ],
      {
        environment: { TMPDIR: temporary, TEMP: temporary, TMP: temporary },
        limitInSeconds,
        signal: standstill.signal,
      },
    );
    if (exitCode !== 0) {
      throw new Error(
        errorOutput.trim().split("\n").pop() || `the installer ended with exit code ${exitCode}`,
      );
    }
  } finally {
    standstill.stop();
  }
}
