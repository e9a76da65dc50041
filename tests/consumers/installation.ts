import { readFileSync } from "node:fs";
import * as fs from "node:fs/promises";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { npm } from "./npm";
import { copyRepository, repository } from "./repositoryCopy";

const programs = path.join(__dirname, "programs");

/** A team's folder, outside the repository: the package from its tarball, Pulumi's two packages, and three programs. */
export interface Consumer {
  /** Holds `javascript`, `esModules` and `typescript`, one program each, and what is installed for them. */
  folder: string;
  /** A copy of the repository, built by the packing. */
  repositoryCopy: string;
  tarball: string;
  /** Where npm put the package. */
  packageFolder: string;
  remove(): Promise<void>;
}

/** Packs the package from its sources, and installs the tarball where nothing else is. */
export async function installConsumer(): Promise<Consumer> {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), "consumer-"));
  const folder = path.join(root, "team");
  const { repositoryCopy, tarball } = await pack(root);
  await fs.cp(programs, folder, { recursive: true });
  await fs.cp(path.join(repository, "examples/quickStart"), path.join(folder, "typescript"), {
    recursive: true,
  });
  await fs.writeFile(path.join(folder, "package.json"), '{ "name": "team", "private": true }\n');
  const versions = ["@pulumi/pulumi", "@pulumi/azure-native"].map(withVersion);
  await npm(folder, "install", tarball, ...versions, "--prefer-offline", "--no-audit", "--no-fund");
  return {
    folder,
    repositoryCopy,
    tarball,
    packageFolder: path.join(folder, "node_modules/pulumi-azure-dataprotection"),
    remove: () => fs.rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Packs the package from a copy of its sources, both put into a folder. */
export async function pack(folder: string): Promise<Pick<Consumer, "repositoryCopy" | "tarball">> {
  const repositoryCopy = path.join(folder, "repository");
  await copyRepository(repositoryCopy);
  await npm(repositoryCopy, "pack", "--pack-destination", folder);
  const tarball = (await fs.readdir(folder)).find((name) => name.endsWith(".tgz")) ?? "";
  return { repositoryCopy, tarball: path.join(folder, tarball) };
}

/** The versions of our own lock file, which the cache of npm holds after `npm ci`, so that the tests do not change with the day. */
function withVersion(packageName: string): string {
  return `${packageName}@${installedVersion(repository, packageName)}`;
}

/** The version of a package that programs in a folder get. */
export function installedVersion(folder: string, packageName: string): string {
  const manifest = createRequire(path.join(folder, "package.json")).resolve(`${packageName}/package.json`);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
