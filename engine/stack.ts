import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type { ConfigMap, ProjectSettings, PulumiCommand, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import type { Emulator } from "../emulator/index";
import { writeStandInPlugin } from "./standInPlugin";

/** What {@link openStack} needs. */
export interface OpenStackOptions {
  /** The Resource Manager that the stack talks to. */
  emulator: Pick<Emulator, "environment">;
  /** The CLI that runs the stack, see `getPulumiCommand`. */
  pulumiCommand: PulumiCommand;
  stackName: string;
  /** @default "emulated" */
  projectName?: string;
  /** Runs inside this process at every preview and update; what it returns are the stack's outputs. */
  program: PulumiFn;
  /**
   * The folder that plays the program's: the engine starts the host of dynamic resources in it, so `@pulumi/pulumi` and
   * this package must resolve from there.
   */
  programFolder: string;
  /** Where the stack's own folder is made. @default the system's folder for temporary files */
  folder?: string;
  /** Stack config; keys without a namespace are the project's. */
  config?: ConfigMap;
  /** Variables on top of the emulator's. */
  environment?: Record<string, string>;
}

/** A stack whose backend, state, plugins and settings lie in one folder. */
export interface OpenStack {
  stack: Stack;
  /** The stack's own folder. */
  folder: string;
  /** Removes the folder, and the stack's state with it; what the stack created is not deleted. */
  close(): Promise<void>;
}

/**
 * Opens a new stack that a real engine runs against an emulator, with the stand-in for the azure-native plugin.
 * Nothing is read from or written to the person's own Pulumi settings and backends.
 */
export async function openStack(options: OpenStackOptions): Promise<OpenStack> {
  const folder = await fs.mkdtemp(path.join(options.folder ?? os.tmpdir(), "pulumi-stack-"));
  const close = (): Promise<void> => fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    return { stack: await createStack(options, folder), folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function createStack(options: OpenStackOptions, folder: string): Promise<Stack> {
  const { stackName, projectName = "emulated", program, pulumiCommand } = options;
  const [workDir, pulumiHome, backend, plugin] = ["work", "home", "backend", "plugin"].map((name) =>
    path.join(folder, name),
  ) as [string, string, string, string];
  await Promise.all([workDir, pulumiHome, backend].map((made) => fs.mkdir(made)));
  await writeStandInPlugin(plugin);

  const backendUrl = `file://${backend.split(path.sep).join("/")}`;
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName, projectName, program },
    {
      workDir,
      pulumiHome,
      pulumiCommand,
      secretsProvider: "passphrase",
      projectSettings: projectSettings(projectName, options.programFolder, backendUrl, plugin),
      envVars: {
        ...withoutOtherSettings(process.env),
        ...options.emulator.environment,
        ...options.environment,
        PULUMI_BACKEND_URL: backendUrl,
        PULUMI_CONFIG_PASSPHRASE: "emulated",
        PULUMI_CONFIG_PASSPHRASE_FILE: "",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      },
    },
  );
  await stack.setAllConfig(options.config ?? {});
  return stack;
}

/** `plugins` is missing in the SDK's type, but the Automation API writes settings to Pulumi.yaml as they are. */
function projectSettings(
  name: string,
  programFolder: string,
  backendUrl: string,
  pluginFolder: string,
): ProjectSettings & { plugins: object } {
  return {
    name,
    runtime: { name: "nodejs", options: { typescript: false } },
    main: programFolder,
    backend: { url: backendUrl },
    plugins: { providers: [{ name: "azure-native", path: pluginFolder }] },
  };
}

/**
 * Takes back what the person's own environment says about Azure, and the way through a proxy: neither may lead a request
 * of this stack anywhere but to the emulator.
 */
function withoutOtherSettings(environment: NodeJS.ProcessEnv): Record<string, string> {
  const azureVariables = Object.keys(environment).filter((name) =>
    /^(ARM|AZURE|ACTIONS_ID_TOKEN)_/.test(name),
  );
  const noProxy = [environment.NO_PROXY, "127.0.0.1", "localhost"].filter(Boolean).join(",");
  return {
    ...Object.fromEntries(azureVariables.map((name) => [name, ""])),
    NO_PROXY: noProxy,
    no_proxy: noProxy,
  };
}
