import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { cacheFolderOf, installFolder } from "../../../tools/engine/pulumiCli/cacheFolder";
import { findCli, NoPulumiCliError } from "../../../tools/engine/pulumiCli/findCli";
import { fromCache } from "../../../tools/engine/pulumiCli/fromCache";
import { fromDownload } from "../../../tools/engine/pulumiCli/fromDownload";
import { fromGoModules } from "../../../tools/engine/pulumiCli/fromGoModules";
import { fromPath } from "../../../tools/engine/pulumiCli/fromPath";
import type { Machine } from "../../../tools/engine/pulumiCli/machine";
import { CommandNotFoundError, InterruptedError } from "../../../tools/engine/pulumiCli/run";
import type { RunOptions, RunResult } from "../../../tools/engine/pulumiCli/run";
import { ownVersion } from "../../../tools/engine/pulumiCli/versions";

type Answer = (args: readonly string[], options: RunOptions) => Promise<Partial<RunResult>>;

const ways = [fromPath, fromCache, fromDownload, fromGoModules];
const deadProcessId = 4_000_000;
let homeFolder: string;
let cacheFolder: string;
let lines: string[];
let commands: string[];

beforeEach(async () => {
  homeFolder = await fs.mkdtemp(path.join(os.tmpdir(), "pulumi cli test "));
  cacheFolder = path.join(homeFolder, ".cache", "pulumi-azure-dataprotection", "pulumi");
  lines = [];
  commands = [];
});

afterEach(() => fs.rm(homeFolder, { recursive: true, force: true }));

describe("the folder of the cache", () => {
  const folderFor = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string =>
    cacheFolderOf({ platform, environment, homeFolder: "/home/ann" });

  it("lies in the user's own cache folder", () => {
    const ours = path.join("pulumi-azure-dataprotection", "pulumi");
    expect(folderFor("linux", {})).toBe(path.join("/home/ann/.cache", ours));
    expect(folderFor("linux", { XDG_CACHE_HOME: "/cache" })).toBe(path.join("/cache", ours));
    expect(folderFor("darwin", {})).toBe(path.join("/home/ann/Library/Caches", ours));
    expect(folderFor("win32", { LOCALAPPDATA: "/local" })).toBe(path.join("/local", ours));
  });

  it("ignores an XDG_CACHE_HOME that is not absolute, as its specification asks", () => {
    expect(folderFor("linux", { XDG_CACHE_HOME: "cache" })).toMatch(/^\/home\/ann\/\.cache/);
  });
});

describe("the order of the ways", () => {
  it("takes the CLI on PATH when it is recent enough, and asks nobody else", async () => {
    const machine = machineWith({ pulumi: says("v3.240.1\n") });

    await expect(find(machine)).resolves.toEqual({ version: "3.240.1" });
    expect(commands).toEqual(["pulumi version"]);
    expect(lines).toEqual([]);
  });

  it.each([
    ["v3.100.0", "it is 3.100.0, and 3.216.0 or newer (of 3.x) is needed"],
    ["v4.0.0", "it is 4.0.0, and 3.216.0 or newer (of 3.x) is needed"],
    ["Segmentation fault", '"pulumi version" ended with exit code 0 and said "Segmentation fault"'],
  ])("passes over a CLI on PATH that says %s", async (answer, reason) => {
    await putIntoCache();
    const machine = machineWith({ pulumi: says(answer), [cachedCli()]: says(`v${ownVersion}`) });

    await expect(find(machine)).resolves.toEqual({
      version: ownVersion,
      root: installFolder(cacheFolder, ownVersion),
    });
    expect(lines).toEqual([`on PATH: ${reason}`]);
  });

  it("downloads when nothing answers on PATH or in the cache", async () => {
    const machine = machineWith({ [process.execPath]: installs(), [cachedCli()]: says(`v${ownVersion}`) });

    await expect(find(machine)).resolves.toEqual({
      version: ownVersion,
      root: installFolder(cacheFolder, ownVersion),
    });
    expect(lines).toEqual([
      "on PATH: none",
      `in the cache: no v${ownVersion} in ${cacheFolder}`,
      `downloading v${ownVersion} from get.pulumi.com`,
    ]);
    await expect(fs.readdir(cacheFolder)).resolves.toEqual([`v${ownVersion}`]);
  });

  it("builds when the host of the download does not answer", async () => {
    const machine = machineWith(
      { go: builds() },
      { httpStatus: () => Promise.reject(fetchFailed("ENOTFOUND")) },
    );

    await expect(find(machine)).resolves.toEqual({
      version: ownVersion,
      root: installFolder(cacheFolder, ownVersion),
    });
    expect(lines.slice(2)).toEqual([
      "by download: get.pulumi.com cannot be reached within 3 s (ENOTFOUND)",
      `building v${ownVersion} from its Go modules with Go 1.26.8: about 5 minutes the first time, and 3 GB in Go's own caches`,
      "built in 0 s",
    ]);
    await expect(fs.readdir(path.join(installFolder(cacheFolder, ownVersion), "bin"))).resolves.toEqual([
      "pulumi",
      "pulumi-resource-pulumi-nodejs",
    ]);
  });

  it("lists every way with its reason when none led to a CLI, and says what to do", async () => {
    const error: unknown = await find(machineWith({}, { httpStatus: async () => 403 })).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toBeInstanceOf(NoPulumiCliError);
    expect((error as Error).message.split("\n")).toEqual([
      "getting the Pulumi CLI: none of these ways led to one",
      "  on PATH: none",
      `  in the cache: no v${ownVersion} in ${cacheFolder}`,
      "  by download: get.pulumi.com answered 403 when asked for install.sh",
      "  by building it: no go on PATH",
      expect.stringMatching(/^Install Pulumi 3\.216\.0 or newer .* or Go 1\.26\.0 or newer/),
    ]);
    expect(lines).toHaveLength(4);
  });

  it("tries nothing else once it was interrupted", async () => {
    const machine = machineWith({
      pulumi: () => Promise.reject(new InterruptedError("pulumi was interrupted (SIGINT)")),
    });

    await expect(find(machine)).rejects.toBeInstanceOf(InterruptedError);
    expect(commands).toEqual(["pulumi version"]);
  });
});

describe("a build that cannot succeed", () => {
  const unreachable = { httpStatus: () => Promise.reject(fetchFailed("ENOTFOUND")) };

  it.each<[string, Answer, string]>([
    ["an older Go", async () => ({ output: "go1.24.2\n" }), "the go on PATH is go1.24.2, 1.26.0 is needed"],
    [
      "no module proxy",
      async ([command]) => {
        if (command === "mod") {
          throw new Error("go was ended after 8 s");
        }
        return { output: "go1.26.8\n" };
      },
      "no Go module proxy answered within 8 s",
    ],
    [
      "a compiler's error",
      async ([command]) =>
        command === "build"
          ? { exitCode: 1, errorOutput: "go: downloading example.com/a v1.0.0\nout of disk space\n" }
          : { output: "go1.26.8\n" },
      "go build ended with exit code 1: out of disk space",
    ],
  ])("says so in one line and leaves nothing: %s", async (_, go, reason) => {
    await expect(find(machineWith({ go }, unreachable))).rejects.toThrow(reason);
    await expect(filesIn(cacheFolder)).resolves.toEqual([]);
  });

  it("is not taken for a good one when what it made does not run", async () => {
    const go = builds();
    const machine = machineWith({ go }, { ...unreachable, stagedCli: says("v3.1.0") });

    await expect(find(machine)).rejects.toThrow(`said 3.1.0, expected ${ownVersion}`);
    await expect(filesIn(cacheFolder)).resolves.toEqual([]);
  });
});

describe("the cache", () => {
  it("passes over a CLI that does not run, and puts a good one in its place", async () => {
    await putIntoCache("broken");
    const machine = machineWith({
      [process.execPath]: installs(),
      [cachedCli()]: async () =>
        (await fs.readFile(cachedCli(), "utf8")) === "broken"
          ? { exitCode: 126, errorOutput: "cannot execute" }
          : { output: `v${ownVersion}` },
    });

    await expect(find(machine)).resolves.toMatchObject({ version: ownVersion });
    expect(lines[1]).toMatch(
      /^in the cache: ".*pulumi version" ended with exit code 126 and said "cannot execute"$/,
    );
    await expect(fs.readFile(cachedCli(), "utf8")).resolves.toBe("good");
    await expect(fs.readdir(cacheFolder)).resolves.toEqual([`v${ownVersion}`]);
  });

  it("is cleaned of what dead attempts left, and of nothing else", async () => {
    const dead = `staging-1700000000000-${deadProcessId}-00000000-here`;
    const elsewhere = `staging-1700000000000-${deadProcessId}-00000000-there`;
    const kept = [elsewhere, "v3.1.0", "staging-of-somebody-else"];
    await Promise.all(
      [dead, ...kept].map((name) => fs.mkdir(path.join(cacheFolder, name), { recursive: true })),
    );

    await find(machineWith({ [process.execPath]: installs() }));

    await expect(fs.readdir(cacheFolder)).resolves.toEqual([...kept, `v${ownVersion}`].sort());
  });

  it("is filled by one of two processes at once; the other waits and takes what is there", async () => {
    const other = path.join(cacheFolder, "staging-1700000000000-777-00000000-here");
    await fs.mkdir(other, { recursive: true });
    const machine = machineWith({ [cachedCli()]: says(`v${ownVersion}`) });
    setTimeout(() => void putIntoCache().then(() => fs.rm(other, { recursive: true })), 50);

    await expect(find(machine)).resolves.toMatchObject({ version: ownVersion });
    expect(lines[2]).toBe("another process is getting it, waiting for that one");
    expect(commands).not.toContain(expect.stringContaining(process.execPath));
  });
});

function find(machine: Machine): ReturnType<typeof findCli> {
  return findCli(machine, ways, (line) => lines.push(line));
}

/** A machine with these commands and no others; `stagedCli` answers for a CLI that was just installed or built. */
function machineWith(
  known: Record<string, Answer>,
  { stagedCli = says(`v${ownVersion}`), ...other }: Partial<Machine> & { stagedCli?: Answer } = {},
): Machine {
  return {
    platform: "linux",
    environment: {},
    homeFolder,
    hostName: "here",
    processId: 4242,
    processIsAlive: (processId) => processId !== deadProcessId,
    httpStatus: async () => 200,
    async run(command, args, options) {
      commands.push([command, ...args].join(" "));
      const answer = known[command] ?? (command.includes("staging-") ? stagedCli : undefined);
      if (!answer) {
        throw new CommandNotFoundError(`${command} was not found`);
      }
      return { exitCode: 0, output: "", errorOutput: "", ...(await answer(args, options)) };
    },
    ...other,
  };
}

function says(output: string): Answer {
  return async () => ({ output });
}

/** What the Automation API's installer does: it makes `bin/pulumi` in the folder it is given. */
function installs(): Answer {
  return async (args) => {
    const root = args.find((argument) => argument.endsWith(`${path.sep}root`)) ?? "";
    await fs.mkdir(path.join(root, "bin"), { recursive: true });
    await fs.writeFile(path.join(root, "bin", "pulumi"), "good");
    return {};
  };
}

function builds(): Answer {
  return async (args) => {
    if (args[0] === "build") {
      const target = args[args.indexOf("-o") + 1] ?? "";
      await fs.mkdir(path.dirname(target), { recursive: true });
      await fs.writeFile(target, "good");
    }
    return { output: "go1.26.8\n" };
  };
}

function fetchFailed(code: string): Error {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
}

function cachedCli(): string {
  return path.join(installFolder(cacheFolder, ownVersion), "bin", "pulumi");
}

async function putIntoCache(text = "good"): Promise<void> {
  await fs.mkdir(path.dirname(cachedCli()), { recursive: true });
  await fs.writeFile(cachedCli(), text);
}

async function filesIn(folder: string): Promise<string[]> {
  return fs.readdir(folder).catch(() => []);
}
