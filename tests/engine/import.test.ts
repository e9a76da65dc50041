import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import ts from "typescript";
import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import { programFromModule } from "../../tools/engine/programFromModule";
import type { OpenStack } from "../../tools/engine/stack";
import { openStack } from "../../tools/engine/stack";
import { Estate } from "../wire/estate";
import { createAsOtherToolsDo } from "./otherTools";
import { pulumiImport } from "./pulumiImport";
import { describeWithPulumi } from "./withPulumi";

const repository = path.resolve(__dirname, "../..");
const command = path.join(repository, "dist/cli/main.js");

describeWithPulumi("existing instances come under Pulumi", (pulumi) => {
  let folder: string;
  let emulator: Emulator;
  let estate: Estate;
  let instanceIds: string[];
  let cli: PulumiCommand;
  let opened: OpenStack;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "import-"));
    await fs.mkdir(path.join(folder, "node_modules", "@pulumi"), { recursive: true });
    for (const name of ["@pulumi/pulumi", "pulumi-azure-dataprotection"]) {
      const target = name.startsWith("@") ? path.join(repository, "node_modules", name) : repository;
      await fs.symlink(target, path.join(folder, "node_modules", name), "junction");
    }
    emulator = await startEmulator({ speed: 500 });
    estate = await Estate.build(emulator);
    await estate.grant("diskReader", "snapshotContributor", "accountContributor");
    emulator.control.advance(60_000);
    instanceIds = await createAsOtherToolsDo(estate, emulator.control);
    cli = await pulumi();
    opened = await openStack({
      emulator,
      pulumiCommand: cli,
      stackName: "dev",
      program: programFromModule(path.join(folder, "imported.js")),
      programFolder: folder,
    });
  });
  afterAll(async () => {
    await opened.close();
    await emulator.stop();
    await fs.rm(folder, { recursive: true, force: true });
  });

  /** Runs the command besides this process, which is the emulator's. */
  async function run(...words: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
    const env = { ...process.env, ...opened.stack.workspace.envVars };
    return new Promise((resolve) => {
      execFile(process.execPath, [command, ...words], { cwd: folder, env }, (error, stdout, stderr) =>
        resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
  }

  it("and what cannot be done is refused in one line", async () => {
    const other = estate.vaultId.replace(/vault$/, "other");
    expect(await run("import", "--vault-id", "vault")).toMatchObject({ exitCode: 2, stdout: "" });
    expect(await run("import", "--vault-id", other)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^reading the backup instances of vault .*\/other: GET .*; check the id: .*\n$/,
      ),
    });
    expect(await run("import", "--vault-id", estate.vaultId, "--instance", "nothing")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/has no backup instance "nothing"; it has "[^"]+", "[^"]+", "[^"]+"\n$/),
    });
  });

  it("by a command that reads them, and changes nothing in Azure", async () => {
    const from = emulator.exchanges.length;
    const { exitCode, stdout, stderr } = await run("import", "--vault-id", estate.vaultId);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const asked = emulator.exchanges.slice(from).filter(({ url }) => url.startsWith("/subscriptions/"));
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(stdout).toContain("pulumi import -f import.json --generate-code=false --protect=false --yes");
    for (const datasourceId of [estate.diskId, estate.filesId, estate.documentsId]) {
      expect(stdout).toContain(`: ${datasourceId} (ProtectionConfigured)\n`);
    }
  });

  it("which does not write over the work of people", async () => {
    const { exitCode, stderr } = await run("import", "--vault-id", estate.vaultId);
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      "writing import.json: it exists already; remove it, or give other names with --out and --program\n",
    );
  });

  it("with declarations that compile under the strictest settings", async () => {
    const file = path.join(folder, "imported.ts");
    const program = ts.createProgram([file], {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.Node16,
      types: [],
    });
    const problems = ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText);
    expect(problems).toEqual([]);
    const { outputText } = ts.transpileModule(await fs.readFile(file, "utf8"), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    await fs.writeFile(path.join(folder, "imported.js"), outputText);
  });

  it("and `pulumi import`, after which nothing is left to do", async () => {
    await pulumiImport(cli, opened, path.join(folder, "import.json"));
    const stackAndInstances = instanceIds.length + 1;
    const allSame = { same: stackAndInstances };
    const { stack } = opened;
    expect((await stack.preview()).changeSummary).toEqual(allSame);
    expect((await stack.up()).summary.resourceChanges).toEqual(allSame);
    expect((await stack.refresh()).summary.resourceChanges).toEqual(allSame);
    expect((await stack.preview({ expectNoChanges: true })).changeSummary).toEqual(allSame);
  });

  it("and are destroyed like any others", async () => {
    await opened.stack.destroy();
    expect(emulator.remainingResourceIds().filter((id) => /backupInstances/i.test(id))).toEqual([]);
  });
});
