import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";

const packageFolder = path.resolve(__dirname, "../..");
const finder = path.join(packageFolder, "dist/tools/engine/pulumiCli/main.js");

let lookedUp: { root: string } | { reason: string } | undefined;

/**
 * A jest `describe` for tests that need a Pulumi CLI. The CLI is looked for, downloaded or built while the test file is
 * loaded, where jest has no time limit, and its progress is shown.
 *
 * Where there is none, the tests are skipped and the reason is printed; with `CI=true` they fail instead.
 *
 * @param define - Defines the tests; gets a function that gives the CLI, to be called in a test or a hook, and the folder
 *   whose `bin/pulumi` it is, which is empty for the CLI on PATH.
 */
export function describeWithPulumi(
  name: string,
  define: (pulumi: () => Promise<PulumiCommand>, cliRoot: string) => void,
): void {
  const found = (lookedUp ??= findCli());
  if ("root" in found) {
    describe(name, () => define(() => PulumiCommand.get(found.root ? { root: found.root } : {}), found.root));
  } else if (process.env.CI === "true") {
    describe(name, () => {
      it("has a Pulumi CLI, which CI insists on", () => {
        throw new Error(found.reason);
      });
    });
  } else {
    fs.writeSync(2, `\nSKIPPED: ${name}, because there is no Pulumi CLI:\n${found.reason}\n`);
    describe.skip(name, () => define(() => Promise.reject(new Error("skipped")), ""));
  }
}

function findCli(): NonNullable<typeof lookedUp> {
  if (!fs.existsSync(finder)) {
    return { reason: `${finder} is missing; run "npm run build", or the tests by "npm test"` };
  }
  const { status, stdout } = spawnSync(process.execPath, [finder], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return status === 0 ? { root: stdout.trim() } : { reason: "the lines above say why" };
}
