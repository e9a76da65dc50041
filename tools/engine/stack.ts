import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type { ConfigMap, PulumiCommand, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { prepareStackSettings } from "../../emulator/stackSettings";
import type { StackSettingsOptions } from "../../emulator/stackSettings";

/** What {@link openStack} needs. */
export interface OpenStackOptions extends StackSettingsOptions {
  /** The CLI that runs the stack, see `getPulumiCommand`. */
  pulumiCommand: PulumiCommand;
  stackName: string;
  /** Runs inside this process at every preview and update; what it returns are the stack's outputs. */
  program: PulumiFn;
  /** Where the stack's own folder is made. @default the system's folder for temporary files */
  folder?: string;
  /** Stack config; keys without a namespace are the project's. */
  config?: ConfigMap;
}

/** A stack whose backend, state, plugins and settings lie in one folder. */
export interface OpenStack {
  stack: Stack;
  /** The stack's own folder. */
  folder: string;
  /** Removes the folder, and the stack's state with it; what the stack created is not deleted. */
  close(): Promise<void>;
}

/** Opens a new stack that a real engine runs against an emulator, see {@link prepareStackSettings}. */
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
  const { stackName, program, pulumiCommand } = options;
  const settings = await prepareStackSettings(options, folder);
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName, projectName: settings.projectSettings.name, program },
    { ...settings, pulumiCommand },
  );
  await stack.setAllConfig(options.config ?? {});
  return stack;
}
