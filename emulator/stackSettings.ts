import { mkdtempSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { LocalWorkspaceOptions, ProjectSettings } from "@pulumi/pulumi/automation";
import { writeStandInPlugin } from "./azureNative/standInPlugin";
import type { Emulator } from "./emulator";

/** Which stack {@link prepareStackSettings} prepares. */
export interface StackSettingsOptions {
  /** The Resource Manager that the stack talks to, running. */
  emulator: Pick<Emulator, "environment">;
  /** Name of the Pulumi project. @default "emulated" */
  projectName?: string;
  /**
   * The folder that plays the program's: the engine starts the host of dynamic resources in it, so `@pulumi/pulumi` and
   * this package must resolve from there.
   */
  programFolder: string;
  /** Folder of the states of several stacks that refer to each other. @default one of the stack's own */
  backendFolder?: string;
  /** Environment variables of the stack's processes, on top of the emulator's. */
  environment?: Record<string, string>;
}

/** Settings of a workspace, in plain data: another process can be given them. */
export type StackSettings = Required<
  Pick<LocalWorkspaceOptions, "workDir" | "pulumiHome" | "secretsProvider" | "projectSettings" | "envVars">
> & { projectSettings: { plugins: PluginSettings } };

/** The `plugins` of a project. They are missing in the SDK's type, but it writes settings to Pulumi.yaml as they are. */
export interface PluginSettings {
  /** Folders with the executables of resource plugins. */
  providers: { name: string; path: string }[];
}

/**
 * Settings for a stack that a real engine runs against an emulator, with a stand-in for the azure-native plugin.
 * Nothing is read from or written to the person's own Pulumi settings and backends.
 *
 * @param options - Which stack it is.
 * @param folder - An empty folder; the stack's backend, state, plugins and settings are put into it. By default a new one
 *   among the system's temporary files.
 * @returns options of `LocalWorkspace` of the Automation API.
 * @throws an `Error` of the file system when the folder cannot be written or was used before.
 *
 * @example
 * ```ts
 * import { LocalWorkspace } from "@pulumi/pulumi/automation";
 * import { prepareStackSettings, startEmulator } from "pulumi-azure-dataprotection/emulator";
 * import { backups } from "./backups"; // the stack's program, as a function
 *
 * const emulator = await startEmulator({ speed: 1_000 });
 * const settings = await prepareStackSettings({ emulator, projectName: "backups", programFolder: process.cwd() });
 * const stack = await LocalWorkspace.createOrSelectStack(
 *   { stackName: "test", projectName: "backups", program: backups },
 *   settings,
 * );
 * const { outputs } = await stack.up(); // the real engine, no Azure
 * await stack.destroy();
 * console.log(outputs, "left:", emulator.remainingResourceIds());
 * await emulator.stop();
 * ```
 */
export async function prepareStackSettings(
  { emulator, projectName = "emulated", programFolder, backendFolder, environment }: StackSettingsOptions,
  folder = mkdtempSync(path.join(os.tmpdir(), "pulumi-stack-")),
): Promise<StackSettings> {
  const [workDir, pulumiHome, ownBackend, plugin] = ["work", "home", "backend", "plugin"].map((name) =>
    path.join(folder, name),
  ) as [string, string, string, string];
  const backend = backendFolder ?? ownBackend;
  await Promise.all([workDir, pulumiHome, ownBackend].map((made) => fs.mkdir(made)));
  await writeStandInPlugin(plugin);

  const backendUrl = `file://${backend.split(path.sep).join("/")}`;
  return {
    workDir,
    pulumiHome,
    secretsProvider: "passphrase",
    projectSettings: projectSettings(projectName, programFolder, backendUrl, plugin),
    envVars: {
      ...withoutOtherSettings(process.env),
      ...emulator.environment,
      ...environment,
      PULUMI_BACKEND_URL: backendUrl,
      PULUMI_CONFIG_PASSPHRASE: "emulated",
      PULUMI_CONFIG_PASSPHRASE_FILE: "",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    },
  };
}

function projectSettings(
  name: string,
  programFolder: string,
  backendUrl: string,
  pluginFolder: string,
): ProjectSettings & { plugins: PluginSettings } {
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
