import * as fs from "node:fs/promises";
import * as path from "node:path";
import { withHeartbeat } from "./heartbeat";
import { publish } from "./publish";
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

  async find(context: WayContext): Promise<FoundCli> {
    const { machine, report } = context;
    const host = "get.pulumi.com";
    const script = machine.platform === "win32" ? "install.ps1" : "install.sh";
    const status = await machine
      .httpStatus(`https://${host}/${script}`, probeLimitInSeconds)
      .catch((error: unknown) => {
        throw new Error(`${host} cannot be reached within ${probeLimitInSeconds} s (${causeOf(error)})`);
      });
    if (status !== 200) {
      throw new Error(`${host} answered ${status} when asked for ${script}`);
    }
    const root = await publish(context, ownVersion, async (staging) => {
      report(`downloading v${ownVersion} from ${host}`);
      await withHeartbeat(report, "still downloading", () => install(machine, staging));
    });
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

/** `fetch` says no more than "fetch failed" itself. */
function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: NodeJS.ErrnoException; message: string };
  return cause?.code ?? message;
}
