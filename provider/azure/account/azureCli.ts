import { execFile } from "node:child_process";
import type { Cloud } from "./cloudMetadata";
import { findCloud } from "./cloud";
import { parseEndpoint } from "./endpoint";
import { SettingsError, describeSetting } from "./settings";
import { withinTime } from "../http/timeLimit";

/** Runs `az` with these arguments and gives what it printed. */
export type RunAzureCli = (args: readonly string[]) => Promise<string>;

/** What the Azure CLI is signed in to. */
export interface AzureCliAccount {
  readonly subscriptionId: string;
  readonly cloud: Cloud;
}

interface WireAccount {
  readonly id: string;
  readonly environmentName: string;
}

interface WireCloud {
  readonly name: string;
  readonly endpoints: {
    readonly activeDirectory: string;
    readonly activeDirectoryResourceId: string;
    readonly resourceManager: string;
  };
}

/** The account of one subscription, or the CLI's default account, with the cloud that it lives in. */
export async function showAzureCliAccount(
  subscriptionId: string | undefined,
  run: RunAzureCli = azureCliRunner(),
): Promise<AzureCliAccount> {
  const selection = subscriptionId === undefined ? [] : ["--subscription", checkSubscription(subscriptionId)];
  const account = await show<WireAccount>(run, ["account", "show", "-o", "json", ...selection]);
  const { id, environmentName } = account;
  return { subscriptionId: id, cloud: findCloud(environmentName) ?? (await showCloud(run, environmentName)) };
}

/** A cloud that somebody registered with `az cloud register`. */
async function showCloud(run: RunAzureCli, name: string): Promise<Cloud> {
  const { endpoints } = await show<WireCloud>(run, ["cloud", "show", "--name", name, "-o", "json"]);
  const source = `the Azure CLI's cloud '${name}'`;
  return {
    name,
    authorityHost: parseEndpoint(endpoints.activeDirectory, source),
    resourceManagerEndpoint: parseEndpoint(endpoints.resourceManager, source),
    audience: endpoints.activeDirectoryResourceId,
    custom: true,
  };
}

async function show<Answer>(run: RunAzureCli, args: readonly string[]): Promise<Answer> {
  try {
    return JSON.parse(await run(args)) as Answer;
  } catch (error) {
    const reason = (error as Error).message.trim().split(/\r?\n/, 1)[0] ?? "";
    throw new SettingsError(
      `asking the Azure CLI (az ${args.join(" ")}): ${reason}. ` +
        `Run 'az login', or configure another of azure-native's authentication methods.`,
    );
  }
}

/** On Windows `az` is a batch file, which Node starts through a shell only, so nothing else may be in the argument. */
function checkSubscription(subscriptionId: string): string {
  if (!/^[\w .-]+$/.test(subscriptionId)) {
    throw new SettingsError(
      `reading ${describeSetting("subscriptionId")}: '${subscriptionId}' is not a subscription. Write its id.`,
    );
  }
  return subscriptionId;
}

/**
 * How long `az` may take, in milliseconds: it answers in seconds, and never where it waits for input or for a network that is
 * away.
 */
const longestRunInMs = 60_000;

/** Runs the CLI of this machine, and leaves it when it takes too long: its script may be gone, and what that began go on. */
export function azureCliRunner(limitInMs = longestRunInMs): RunAzureCli {
  return async (args) => withinTime(limitInMs, async (signal) => runProcess(args, signal));
}

async function runProcess(args: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const shell = process.platform === "win32";
    const quoted = shell ? args.map((argument) => `"${argument}"`) : args;
    const az = execFile("az", quoted, { shell, env: process.env }, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else if (error.code === "ENOENT" || stderr.startsWith("'az' is not recognized")) {
        reject(new Error("Azure CLI not found on path"));
      } else {
        reject(new Error(stderr.trim() || error.message));
      }
    });
    signal.addEventListener("abort", () => {
      az.kill();
      az.unref();
      az.stdout?.destroy();
      az.stderr?.destroy();
    });
  });
}
