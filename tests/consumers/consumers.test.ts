import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";
import { describeWithPulumi } from "../engine/withPulumi";
import type { Consumer } from "./installation";
import { installConsumer, installedVersion } from "./installation";
import { deployAndDestroy } from "./lifeCycle";
import { describeLanguageHost } from "./localPrograms";
import { followReadme } from "./readme";
import { expectedPackedFiles, filesBelow, repository } from "./repositoryCopy";

const execute = promisify(execFile);
const largestTarballInBytes = 300_000;
const whenProtected = "ProtectionConfigured";

/** The programs that a process with the consumer's own SDK runs, with the values of their outputs. */
const programs: [name: string, programFile: string, outputs: Record<string, unknown>][] = [
  ["javascript", "index.js", { protectionState: whenProtected }],
  ["esModules", "index.js", { protectionState: whenProtected }],
  [
    "typescript",
    "built/index.js",
    { protection: { disk: whenProtected, files: whenProtected, documents: whenProtected } },
  ],
];

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installConsumer();
  const versions = ["@pulumi/pulumi", "@pulumi/azure-native"].map(
    (name) => `${name} ${installedVersion(consumer.folder, name)}`,
  );
  process.stdout.write(`consumers: Node ${process.version}, ${versions.join(", ")}\n`);
}, 180_000);
afterAll(() => consumer?.remove());

describe("the tarball of npm pack", () => {
  it("holds what was compiled from the published rooms, and nothing else", async () => {
    const files = await filesBelow(consumer.packageFolder);
    expect(files.filter((file) => !file.endsWith(".d.ts"))).toEqual(await expectedPackedFiles());
  });

  it("holds only declarations of what can be imported", async () => {
    const declarations = (await filesBelow(consumer.packageFolder)).filter((file) => file.endsWith(".d.ts"));
    expect(declarations).toEqual(
      expect.arrayContaining(["dist/components/index.d.ts", "dist/emulator/index.d.ts"]),
    );
    const inside = /^dist\/(cli|provider\/azure)\//;
    expect(declarations.filter((file) => inside.test(file))).toEqual([]);
  });

  it("is small", async () => {
    expect((await fs.stat(consumer.tarball)).size).toBeLessThan(largestTarballInBytes);
  });

  it("brings no second copy of Pulumi's packages", async () => {
    const copies = (await filesBelow(path.join(consumer.folder, "node_modules"))).filter((file) =>
      /@pulumi\/(pulumi|azure-native)\/package\.json$/.test(file),
    );
    expect(copies).toEqual(["@pulumi/azure-native/package.json", "@pulumi/pulumi/package.json"]);
  });

  it("has types for a strict program that checks its libraries too and has no types of Node", async () => {
    const compiler = path.join(repository, "node_modules/typescript/bin/tsc");
    const compiling = execute(process.execPath, [compiler, "--project", "."], {
      cwd: path.join(consumer.folder, "typescript"),
    });
    const complaints = await compiling.then(
      () => "",
      ({ stdout }: { stdout: string }) => stdout,
    );
    expect(complaints).toBe("");
  }, 180_000);
});

describeWithPulumi("a program with the package from its tarball", (_pulumi, cliRoot) => {
  it("is protected on the emulator by the README's first steps", async () => {
    const cliFolder = cliRoot && path.join(cliRoot, "bin");
    const printed = await followReadme(path.join(consumer.folder, "readme"), cliFolder);
    expect(printed.trimEnd().split("\n").at(-1)).toBe("ProtectionConfigured");
  }, 120_000);

  it.each(programs)(
    "%s comes up protected, has nothing to do the second time, and goes without a trace",
    async (name, file, expected) => {
      const outputs = await deployAndDestroy({ folder: path.join(consumer.folder, name), file }, cliRoot);
      const values = Object.entries(outputs).map(([key, { value }]) => [key, value]);
      expect(Object.fromEntries(values)).toEqual(expected);
    },
    180_000,
  );
});

describeLanguageHost(() => consumer);
