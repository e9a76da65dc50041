import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { withNode } from "./drive";
import type { NodeBinary } from "./drive";
import { npm, withoutNpmSettings } from "./npm";

/** What the long suite gets from npm's registry, in exact versions. */
const versions = {
  node: { 20: "20.20.2", 22: "22.23.3", 24: "24.21.0" },
  pnpm: "12.21.0",
  yarn: "4.18.1",
};

/** The major versions of Node that the package supports. */
export type NodeMajor = keyof typeof versions.node;
/** The programs that install packages. */
export type PackageManager = "npm" | "pnpm" | "yarn";

/** Node in several versions, and the package managers that do not come with it. */
export interface Tools {
  nodes: Record<NodeMajor, NodeBinary>;
  /** Installs what the `package.json` of a folder asks for, under a version of Node. */
  install: Record<PackageManager, (folder: string, node: NodeBinary) => Promise<void>>;
}

/** Installs the tools into a folder. */
export async function installTools(folder: string): Promise<Tools> {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const nodes = Object.values(versions.node).map(
    (version) => `node-${version}@npm:node-${platform}-${process.arch}@${version}`,
  );
  const managers = [`pnpm@${versions.pnpm}`, `@yarnpkg/cli-dist@${versions.yarn}`];
  await npm(path.dirname(folder), "install", "--prefix", folder, "--no-audit", ...nodes, ...managers);
  const installed = (...names: string[]): string => path.join(folder, "node_modules", ...names);
  const binFolder = (major: NodeMajor): string => installed(`node-${versions.node[major]}`, "bin");
  return {
    nodes: {
      20: { binFolder: binFolder(20) },
      22: { binFolder: binFolder(22) },
      24: { binFolder: binFolder(24) },
    },
    install: {
      npm: (team, node) => run(team, node, "npm", ["install", "--no-audit", "--prefer-offline"]),
      pnpm: (team, node) => run(team, node, installed("pnpm", "pnpm"), ["install", "--prefer-offline"]),
      yarn: (team, node) =>
        run(team, node, path.join(node.binFolder, "node"), [
          installed("@yarnpkg/cli-dist", "bin/yarn.js"),
          "install",
        ]),
    },
  };
}

/** Runs a package manager in a folder, under a Node and with the registry that npm is configured for. */
async function run(folder: string, node: NodeBinary, command: string, words: string[]): Promise<void> {
  const registry = (await npm(folder, "config", "get", "registry")).trim();
  const env = { ...withoutNpmSettings(withNode(node)), YARN_NPM_REGISTRY_SERVER: registry };
  await promisify(execFile)(command, words, { cwd: folder, env }).catch(
    (error: Error & { stdout: string }) => {
      throw new Error(`${path.basename(command)} ${words.join(" ")}: ${error.message}\n${error.stdout}`, {
        cause: error,
      });
    },
  );
}
