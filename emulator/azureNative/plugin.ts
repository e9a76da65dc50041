import { info } from "@pulumi/pulumi/log";
import type { Provider } from "@pulumi/pulumi/provider";
import type { Configuration } from "./configuration";
import { invoke } from "./invokes";
import { connect } from "./resourceManager";
import { Resources } from "./resources";
import { readSettings } from "./settings";
import type { Properties } from "./values";

/**
 * The stand-in as the Node SDK serves plugins. Settings are read, and the stand-in announces itself, at the first request
 * rather than at the start: an error is then shown where the person looks, on the resource.
 *
 * @param version - The version it claims to be: that of the installed SDK.
 * @param configuration - What the engine has configured this process with.
 */
export function standInPlugin(
  version: string,
  configuration: () => Configuration,
  environment: NodeJS.ProcessEnv,
): Provider {
  const connected = once(() => {
    const settings = readSettings(configuration(), environment);
    const resourceManager = connect(settings);
    void info(
      "azure-native: stand-in plugin of pulumi-azure-dataprotection, not Pulumi's own; for the emulator only",
    );
    return { settings, resourceManager, resources: new Resources(settings, resourceManager) };
  });

  return {
    version,
    check: async (urn, oldInputs: Properties, newInputs: Properties) =>
      connected().resources.check(urn, oldInputs, newInputs),
    diff: async (_id, urn, state: Properties, newInputs: Properties) =>
      connected().resources.diff(urn, state, newInputs),
    create: async (urn, inputs: Properties) => connected().resources.create(urn, inputs),
    update: async (id, urn, _state, newInputs: Properties) =>
      connected().resources.update(urn, id, newInputs),
    read: async (id, urn, state?: Properties) => connected().resources.read(urn, id, state ?? {}),
    delete: async (id, urn) => connected().resources.delete(urn, id),
    invoke: async (token, args: Properties) => ({ outputs: await invoke(token, args, connected()) }),
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
