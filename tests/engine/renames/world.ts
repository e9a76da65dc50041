import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { OutputMap, PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import type { Emulator } from "../../../emulator";
import { startEmulator } from "../../../emulator";
import type { OpenStack } from "../../../tools/engine/stack";
import { openStack } from "../../../tools/engine/stack";
import { Estate } from "../../wire/estate";
import { signIn } from "../../wire/signIn";
import type { EstateDisks, EstateNames } from "./estateProgram";
import { estateProgram } from "./estateProgram";

const repository = path.resolve(__dirname, "../../..");
const execute = promisify(execFile);
const api = { params: { "api-version": "2025-07-01" } };

/** Which stack it is. */
export interface StackName {
  project: string;
  stack: string;
}

/** An Azure with an estate in it, and stacks of one backend that can be renamed and opened again under other names. */
export class World {
  readonly #opened: OpenStack[] = [];
  /** What is in Azure without any stack. */
  readonly #untouched: string[];

  private constructor(
    readonly emulator: Emulator,
    readonly estate: Estate,
    readonly disks: EstateDisks,
    private readonly pulumiCommand: PulumiCommand,
    private readonly backendFolder: string,
  ) {
    this.#untouched = emulator.remainingResourceIds();
  }

  static async open(pulumiCommand: PulumiCommand): Promise<World> {
    const emulator = await startEmulator({ speed: 500 });
    const estate = await Estate.build(emulator);
    const fleetDiskIds = [`${estate.diskId}-one`, `${estate.diskId}-two`];
    for (const diskId of fleetDiskIds) {
      await estate.putDisk(diskId);
    }
    const backendFolder = await fs.mkdtemp(path.join(os.tmpdir(), "pulumi-backend-"));
    const disks = { diskId: estate.diskId, fleetDiskIds };
    return new World(emulator, estate, disks, pulumiCommand, backendFolder);
  }

  /** A stack under the names that it has now, with a program that declares the estate. */
  async stack({ project, stack }: StackName, declared: EstateNames): Promise<Stack> {
    const opened = await openStack({
      emulator: this.emulator,
      pulumiCommand: this.pulumiCommand,
      projectName: project,
      stackName: stack,
      backendFolder: this.backendFolder,
      programFolder: repository,
      program: estateProgram(declared, this.disks),
      config: { "azure-native:location": { value: "westeurope" } },
    });
    this.#opened.push(opened);
    return opened.stack;
  }

  /** Runs a command of the CLI in the workspace of a stack. */
  async run({ workspace }: Stack, ...args: string[]): Promise<void> {
    const env = { ...process.env, ...workspace.envVars, PULUMI_HOME: workspace.pulumiHome };
    await execute(this.pulumiCommand.command, [...args, "--yes", "--non-interactive"], {
      cwd: workspace.workDir,
      env,
    });
  }

  /** What stacks have made in Azure. */
  made(): string[] {
    return this.emulator.remainingResourceIds().filter((id) => !this.#untouched.includes(id));
  }

  /** The stacks that the vault, the groups and the instances in it say that they belong to. */
  async owners(outputs: OutputMap): Promise<Set<string | undefined>> {
    const http = await signIn(this.emulator);
    const ownerOf = async (id: string, version = api): Promise<string | undefined> =>
      (await http.get<{ tags?: Record<string, string> }>(id, version)).data.tags?.["pulumi-stack"];
    const vaultId = String(outputs.vaultId?.value);
    const groups = this.made().filter((id) => /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(id));
    const { data } = await http.get<{ value: { id: string }[] }>(`${vaultId}/backupInstances`, api);
    const groupApi = { params: { "api-version": "2024-03-01" } };
    return new Set([
      await ownerOf(vaultId),
      ...(await Promise.all(data.value.map(({ id }) => ownerOf(id)))),
      ...(await Promise.all(groups.map((id) => ownerOf(id, groupApi)))),
    ]);
  }

  async close(): Promise<void> {
    for (const opened of this.#opened) {
      await opened.close();
    }
    await fs.rm(this.backendFolder, { recursive: true, force: true });
    await this.emulator.stop();
  }
}
