import * as fs from "node:fs/promises";
import * as path from "node:path";
import { coerce, gte } from "semver";
import { executableIn } from "./cacheFolder";
import { duration, withHeartbeat } from "./heartbeat";
import type { Machine } from "./machine";
import { publish } from "./publish";
import { CommandNotFoundError } from "./run";
import type { FoundCli, Way, WayContext } from "./way";
import { minimumGoVersion, ownVersion } from "./versions";

const probeLimitInSeconds = 8;
const buildLimitInSeconds = 60 * 60;

/** A module of a few kilobytes that the build needs anyway: whoever serves it serves the others. */
const clipboard = {
  replaced: "github.com/atotto/clipboard",
  by: "github.com/tgummerer/clipboard",
  version: "v0.0.0-20241001131231-d02d263e614e",
};

/**
 * Only exact versions stand here, and `go get` is never run: some module mirrors refuse version lists and `@latest`.
 * `go install <module>@<version>` is refused by Go itself, because the CLI's module has replace directives.
 */
const goModule = `module local/pulumicli

go ${minimumGoVersion.replace(/\.0$/, "")}

replace ${clipboard.replaced} => ${clipboard.by} ${clipboard.version}

tool github.com/pulumi/pulumi/pkg/v3/cmd/pulumi

require (
	github.com/pulumi/pulumi/pkg/v3 v${ownVersion}
	github.com/pulumi/pulumi/sdk/v3 v${ownVersion}
)
`;

/** A CLI built from its Go modules: for machines that reach package registries and nothing else. */
export const fromGoModules: Way = {
  name: "by building it",

  async find(context: WayContext): Promise<FoundCli> {
    const { machine, report } = context;
    const goVersion = await suitableGoVersion(machine);
    const root = await publish(context, ownVersion, async (staging) => {
      const folders = await prepare(staging);
      await probeModuleProxy(machine, folders.temporary);
      report(
        `building v${ownVersion} from its Go modules with Go ${goVersion}: about 5 minutes the first time, ` +
          "and 3 GB in Go's own caches",
      );
      const startedAt = Date.now();
      await withHeartbeat(report, "still building", () => build(machine, folders));
      report(`built in ${duration(Date.now() - startedAt)}`);
      await addDynamicProviderLauncher(machine, folders.root);
    });
    return { root, version: ownVersion };
  },
};

async function suitableGoVersion(machine: Machine): Promise<string> {
  const { output } = await machine
    .run("go", ["env", "GOVERSION"], { environment: { GOTOOLCHAIN: "local" }, limitInSeconds: 30 })
    .catch((error: unknown) => {
      throw error instanceof CommandNotFoundError ? new Error("no go on PATH") : error;
    });
  const version = coerce(output)?.version;
  if (!version || !gte(version, minimumGoVersion)) {
    throw new Error(
      `the go on PATH is ${output.trim() || "of no known version"}, ${minimumGoVersion} is needed`,
    );
  }
  return version;
}

interface Folders {
  root: string;
  module: string;
  temporary: string;
}

async function prepare(staging: string): Promise<Folders> {
  const folders = {
    root: path.join(staging, "root"),
    module: path.join(staging, "module"),
    temporary: path.join(staging, "temporary"),
  };
  await Promise.all(Object.values(folders).map((folder) => fs.mkdir(folder)));
  await fs.writeFile(path.join(folders.module, "go.mod"), goModule);
  return folders;
}

/** Asked through Go, because only Go knows its proxies, and answered from its cache where nothing needs to be downloaded. */
async function probeModuleProxy(machine: Machine, folder: string): Promise<void> {
  const { exitCode, errorOutput } = await machine
    .run("go", ["mod", "download", `${clipboard.by}@${clipboard.version}`], {
      folder,
      environment: goEnvironment(folder),
      limitInSeconds: probeLimitInSeconds,
    })
    .catch(() => {
      throw new Error(`no Go module proxy answered within ${probeLimitInSeconds} s`);
    });
  if (exitCode !== 0) {
    throw new Error(`Go cannot download modules: ${lastLine(errorOutput)}`);
  }
}

async function build(machine: Machine, { root, module, temporary }: Folders): Promise<void> {
  const version = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${ownVersion}`;
  const { exitCode, errorOutput } = await machine.run(
    "go",
    [
      "build",
      "-trimpath",
      "-buildvcs=false",
      ...["-tags", "osusergo grpcnotrace"],
      ...["-ldflags", `-s -w -X ${version}`],
      ...["-o", executableIn(root, machine.platform)],
      "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ],
    { folder: module, environment: goEnvironment(temporary), limitInSeconds: buildLimitInSeconds },
  );
  if (exitCode !== 0) {
    throw new Error(`go build ended with exit code ${exitCode}: ${lastLine(errorOutput)}`);
  }
}

/** The person's own Go settings stay in force except for those that would change what is built, or where. */
function goEnvironment(temporaryFolder: string): Record<string, string> {
  return {
    CGO_ENABLED: "0",
    GO111MODULE: "on",
    GOFLAGS: "-mod=mod",
    GOOS: "",
    GOARCH: "",
    GOTOOLCHAIN: "local",
    GOWORK: "off",
    GOTMPDIR: temporaryFolder,
  };
}

/** The CLI starts the host of dynamic providers through this little script, which the official install has beside it too. */
async function addDynamicProviderLauncher(machine: Machine, root: string): Promise<void> {
  const name = `pulumi-resource-pulumi-nodejs${machine.platform === "win32" ? ".cmd" : ""}`;
  const source = path.join(path.dirname(require.resolve("@pulumi/pulumi/package.json")), name);
  const target = path.join(root, "bin", name);
  await fs.mkdir(path.dirname(target), { recursive: true });
  await fs.copyFile(source, target);
  await fs.chmod(target, 0o755);
}

function lastLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line && !line.startsWith("go: downloading")).pop() ?? "no reason given";
}
