import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { minVersion } from "semver";
import { table } from "../../tools/demo/table";
import { describeWithPulumi } from "../engine/withPulumi";
import { withNode } from "./drive";
import type { NodeBinary } from "./drive";
import { installedVersion, pack } from "./installation";
import { deployAndDestroy } from "./lifeCycle";
import { repository } from "./repositoryCopy";
import { settleTeam } from "./team";
import type { TeamSettings } from "./team";
import { installTools } from "./tools";
import type { Tools } from "./tools";

const { peerDependencies } = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as {
  peerDependencies: Record<string, string>;
};
const lowestSdk = lowestIn(peerDependencies["@pulumi/pulumi"]);
/** Teams with the lowest versions that the package takes, of azure-native in each of its majors. */
const teamsWithOldPeers = peerDependencies["@pulumi/azure-native"]!.split("||").map((major): TeamSettings => {
  const pulumi = { sdk: lowestSdk, azureNative: lowestIn(major) };
  return { node: 20, manager: "npm", program: "typescript", typescript: "5.9.3", pulumi };
});

const teams: TeamSettings[] = [
  { node: 20, manager: "npm", program: "javascript" },
  { node: 22, manager: "npm", program: "javascript" },
  { node: 24, manager: "npm", program: "javascript" },
  { node: 24, manager: "npm", program: "esModules" },
  { node: 20, manager: "npm", program: "typescript", typescript: "5.9.3" },
  { node: 24, manager: "npm", program: "typescript", typescript: "6.0.3" },
  ...teamsWithOldPeers,
  { node: 22, manager: "npm", program: "testing", typescript: "5.9.3" },
  { node: 22, manager: "npm", program: "javascript", inWorkspace: true },
  { node: 22, manager: "pnpm", program: "typescript", typescript: "5.9.3" },
  { node: 24, manager: "pnpm", program: "esModules", inWorkspace: true },
  { node: 22, manager: "yarn", program: "typescript", typescript: "6.0.3" },
  { node: 24, manager: "yarn", program: "esModules", inWorkspace: true },
];

const programFiles = { javascript: "index.js", esModules: "index.js", typescript: "built/index.js" };

describeWithPulumi("a team that installs the tarball", (_pulumi, cliRoot) => {
  let root: string;
  let tarball: string;
  let tools: Tools;
  const results: string[][] = [];

  beforeAll(async () => {
    root = await fs.mkdtemp(path.join(os.tmpdir(), "consumers-"));
    ({ tarball } = await pack(root));
    tools = await installTools(path.join(root, "tools"));
  }, 300_000);
  afterAll(async () => {
    const header = [
      "NODE",
      "MANAGER",
      "LAYOUT",
      "PROGRAM",
      "TYPESCRIPT",
      "PULUMI SDK",
      "AZURE-NATIVE",
      "RESULT",
    ];
    process.stdout.write(`\n${table(header, results)}\n`);
    await fs.rm(root, { recursive: true, force: true, maxRetries: 3 });
  }, 120_000);

  it.each(teams)(
    "%j",
    async (team) => {
      const folder = await fs.mkdtemp(path.join(root, "team-"));
      const row = [`${team.node}`, team.manager, team.inWorkspace ? "workspace" : "alone", team.program];
      row.push(team.typescript ?? "");
      try {
        const programFolder = await settleTeam(folder, tarball, team, tools);
        row.push(...(await pulumiVersions(programFolder)));
        row.push(await deploy(team, programFolder, tools.nodes[team.node]));
      } catch (error) {
        row.push("FAILED");
        throw error;
      } finally {
        results.push(row);
        await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    },
    900_000,
  );

  /** The example `testing` deploys its stack itself. */
  async function deploy({ program }: TeamSettings, folder: string, node: NodeBinary): Promise<string> {
    if (program === "testing") {
      return runTests(folder, node);
    }
    const outputs = await deployAndDestroy({ folder, file: programFiles[program] }, cliRoot, node);
    expect(JSON.stringify(outputs)).toContain('"ProtectionConfigured"');
    return "protected";
  }

  async function runTests(programFolder: string, { binFolder }: NodeBinary): Promise<string> {
    const env = withNode({ binFolder });
    env.PATH = cliRoot ? [path.join(cliRoot, "bin"), env.PATH].join(path.delimiter) : env.PATH;
    const words = ["--test", "--test-reporter=tap", path.join(programFolder, "built/backups.test.js")];
    const { stdout } = await promisify(execFile)(path.join(binFolder, "node"), words, {
      cwd: programFolder,
      env,
    });
    expect(stdout).toMatch(/^# pass 3$/m);
    return "3 tests pass";
  }
});

function lowestIn(range = ""): string {
  return minVersion(range)!.version;
}

async function pulumiVersions(programFolder: string): Promise<string[]> {
  return ["@pulumi/pulumi", "@pulumi/azure-native"].map((name) => installedVersion(programFolder, name));
}
