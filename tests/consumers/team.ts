import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import { createRequire } from "node:module";
import * as path from "node:path";
import { promisify } from "node:util";
import { withNode } from "./drive";
import { repository } from "./repositoryCopy";
import type { NodeMajor, PackageManager, Tools } from "./tools";

/** What a team works with. */
export interface TeamSettings {
  node: NodeMajor;
  manager: PackageManager;
  /** A monorepo, in which the stack is one of the workspaces. @default a folder of its own */
  inWorkspace?: boolean;
  /** A folder of `programs`, or `testing` for the example of that name. */
  program: "javascript" | "esModules" | "typescript" | "testing";
  /** The version that compiles the program. @default none: the program is JavaScript */
  typescript?: string;
  /** Versions of Pulumi's packages. @default those that the package manager chooses */
  pulumi?: { sdk: string; azureNative: string };
}

/** Files beside the workspace's package.json that make a package manager behave as the table says. */
const managerFiles: Record<PackageManager, Record<string, string>> = {
  npm: {},
  // Only what a package names itself can be imported from it, which is pnpm's default; no package runs scripts here.
  pnpm: { "pnpm-workspace.yaml": "packages: [stacks/*]\nignoreScripts: true\n" },
  yarn: {
    ".yarnrc.yml": "nodeLinker: node-modules\nenableScripts: false\nenableTelemetry: false\n",
    "yarn.lock": "",
  },
};

/**
 * Makes a team's folder, with the package from its tarball, and compiles the program.
 *
 * @returns the folder of the program.
 */
export async function settleTeam(
  folder: string,
  tarball: string,
  settings: TeamSettings,
  tools: Tools,
): Promise<string> {
  const { manager, inWorkspace = false, program, typescript } = settings;
  const programFolder = inWorkspace ? path.join(folder, "stacks", program) : folder;
  await fs.mkdir(programFolder, { recursive: true });
  await copyProgram(program, programFolder);
  if (inWorkspace) {
    await writeJson(path.join(folder, "package.json"), {
      name: "team",
      private: true,
      workspaces: ["stacks/*"],
    });
  }
  await writeManifest(programFolder, tarball, settings);
  for (const [name, text] of Object.entries(managerFiles[manager])) {
    await fs.writeFile(path.join(folder, name), text);
  }
  await tools.install[manager](folder, tools.nodes[settings.node]);
  if (typescript !== undefined) {
    await compile(programFolder, tools.nodes[settings.node]);
  }
  return programFolder;
}

async function copyProgram(program: TeamSettings["program"], folder: string): Promise<void> {
  const programs = path.join(__dirname, "programs");
  const sources = {
    javascript: [path.join(programs, "javascript")],
    esModules: [path.join(programs, "esModules")],
    typescript: [path.join(programs, "typescript"), path.join(repository, "examples/quickStart")],
    testing: [path.join(programs, "testing"), path.join(repository, "examples/testing")],
  };
  for (const source of sources[program]) {
    await fs.cp(source, folder, { recursive: true });
  }
}

async function writeManifest(folder: string, tarball: string, settings: TeamSettings): Promise<void> {
  const file = path.join(folder, "package.json");
  const manifest = JSON.parse(await fs.readFile(file, "utf8")) as object;
  const { typescript, pulumi = { sdk: "^3", azureNative: "^3" } } = settings;
  await writeJson(file, {
    ...manifest,
    dependencies: {
      "@pulumi/azure-native": pulumi.azureNative,
      "@pulumi/pulumi": pulumi.sdk,
      "pulumi-azure-dataprotection": `file:${tarball}`,
    },
    devDependencies: typescript === undefined ? {} : { typescript, "@types/node": "^20" },
  });
}

async function compile(programFolder: string, node: { binFolder: string }): Promise<void> {
  const manifest = createRequire(path.join(programFolder, "package.json")).resolve("typescript/package.json");
  const words = [path.join(path.dirname(manifest), "bin/tsc"), "--project", "."];
  const options = { cwd: programFolder, env: withNode(node) };
  await promisify(execFile)(path.join(node.binFolder, "node"), words, options).catch(
    (error: Error & { stdout: string }) => {
      throw new Error(`tsc in ${path.basename(programFolder)}: ${error.stdout}`, { cause: error });
    },
  );
}

async function writeJson(file: string, content: object): Promise<void> {
  await fs.writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
}
