import * as pulumi from "@pulumi/pulumi";
import type { SettingKey } from "../azure/account/settings";
import { settingKeys } from "../azure/account/settings";

/** The package under whose name Pulumi's host of dynamic resources serves. */
const hostPackage = "pulumi-nodejs";
const azureNative = "azure-native";

/** Settings that azure-native does not mark as secret, though whoever has them can sign in with them. */
const alsoSecret: readonly SettingKey[] = ["oidcToken", "oidcRequestToken", "clientCertificatePassword"];

/** One host for each azure-native provider of a program. */
const hosts = new WeakMap<pulumi.ProviderResource, pulumi.ProviderResource>();

/**
 * The options of one of this package's resources, so that it signs in as azure-native's resources beside it do. Under an
 * explicit azure-native provider, its own or a parent's, that is a host of dynamic resources with that provider's settings:
 * the engine keeps them in state, secrets encrypted, and a refresh or a destroy uses them without the program.
 *
 * @throws an `Error` when there is such a provider, but its settings cannot be read.
 */
export function signedIn(
  name: string,
  opts: pulumi.CustomResourceOptions = {},
): pulumi.CustomResourceOptions {
  const azure = explicitProvider(opts);
  return azure === undefined ? opts : { ...opts, provider: hostOf(name, azure) };
}

/** The settings of an explicit azure-native provider by their keys in a stack's configuration. */
function settingsOf(
  name: string,
  azure: pulumi.ProviderResource,
): Record<string, pulumi.Input<string | undefined>> {
  const given = azure as unknown as Readonly<Record<string, pulumi.Output<string | undefined> | undefined>>;
  const keys = [...settingKeys, "location"].filter((key) => given[key] !== undefined);
  if (keys.length === 0) {
    throw new Error(
      `declaring "${name}": the settings of its azure-native provider cannot be read, so it would sign in as somebody else. ` +
        "Give it a Provider that this program creates, or none",
    );
  }
  return Object.fromEntries(
    keys.map((key) => {
      const value = given[key];
      return [
        `${azureNative}:${key}`,
        alsoSecret.some((secret) => secret === key) ? pulumi.secret(value) : value,
      ];
    }),
  );
}

/**
 * Gives values of the configuration with which a function of the program asks, by their full keys: that of an explicit
 * azure-native provider, or the stack's own.
 *
 * @throws an `Error` when the settings of the provider are not known yet, as in a preview that creates what they come from.
 */
export async function stackConfig(
  name: string,
  opts: Pick<pulumi.InvokeOptions, "provider" | "parent">,
): Promise<(key: string) => string | undefined> {
  const azure = explicitProvider(opts);
  if (azure === undefined) {
    return (key) => pulumi.runtime.getConfig(key);
  }
  const settings = pulumi.all(settingsOf(name, azure));
  // An output that is not known never calls back; the SDK tells that by this property only.
  const { isKnown } = settings as unknown as { isKnown: Promise<boolean> };
  if (!(await isKnown)) {
    throw new Error(
      `${name}: the settings of the azure-native provider are not known yet. Give a provider whose settings this program ` +
        "does not create in the same update",
    );
  }
  const known = await new Promise<Record<string, string | undefined>>(
    (resolve) => void settings.apply(resolve),
  );
  return (key) => known[key];
}

/** The azure-native provider that decides about a resource; `undefined` where it is the default one, or a host was given. */
function explicitProvider({
  provider,
  parent,
}: Pick<pulumi.CustomResourceOptions, "provider" | "parent">): pulumi.ProviderResource | undefined {
  if (provider !== undefined) {
    // As the SDKs' own Provider.isInstance.
    const { __pulumiType: type } = provider as unknown as { __pulumiType?: string };
    return type === `pulumi:providers:${azureNative}` ? provider : undefined;
  }
  return parent?.getProvider(`${hostPackage}:dynamic:Resource`) === undefined
    ? parent?.getProvider(`${azureNative}:dataprotection:BackupVault`)
    : undefined;
}

class Host extends pulumi.ProviderResource {}

function hostOf(name: string, azure: pulumi.ProviderResource): pulumi.ProviderResource {
  const known = hosts.get(azure);
  if (known !== undefined) {
    return known;
  }
  const ofPackage = Object.entries(pulumi.runtime.allConfig()).filter(([key]) =>
    key.startsWith("azure-dataprotection:"),
  );
  const settings = { ...settingsOf(name, azure), ...Object.fromEntries(ofPackage) };
  // Its own logical name, which the SDK tells to nobody: the URNs of two providers differ in nothing else.
  const { __name: azureName } = azure as unknown as { __name: string };
  const host = new Host(hostPackage, azureName, settings, { parent: azure });
  hosts.set(azure, host);
  return host;
}
