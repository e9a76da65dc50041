import type { Configuration } from "./configuration";

/** Where Resource Manager is, and who asks. */
export interface Settings {
  subscriptionId: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** The custom cloud's three addresses. */
  resourceManagerEndpoint: string;
  resourceManagerAudience: string;
  activeDirectoryAuthorityHost: string;
  /** The stack's default location, where one is set. */
  location?: string;
}

/**
 * Reads what azure-native reads: the configuration first, then the variable. Only a client secret in a
 * custom cloud, because that is what the emulator is.
 *
 * @param configuration - What the engine configures the provider with, by keys without a namespace.
 * @throws an `Error` naming what is missing, or the Resource Manager that is not on this machine.
 */
export function readSettings(configuration: Configuration, environment: NodeJS.ProcessEnv): Settings {
  const optional = (key: string, variable: string): string | undefined =>
    configuration[key] || environment[variable] || undefined;
  const required = (key: string, variable: string): string => {
    const value = optional(key, variable);
    if (!value) {
      throw new Error(
        `azure-native stand-in: neither config azure-native:${key} nor the variable ${variable} is set`,
      );
    }
    return value;
  };

  const resourceManagerEndpoint =
    optional("resourceManagerEndpoint", "ARM_RESOURCE_MANAGER_ENDPOINT") ?? "https://management.azure.com";
  refuseOtherMachines(resourceManagerEndpoint);
  return {
    resourceManagerEndpoint: resourceManagerEndpoint.replace(/\/+$/, ""),
    resourceManagerAudience: required("resourceManagerAudience", "ARM_RESOURCE_MANAGER_AUDIENCE"),
    activeDirectoryAuthorityHost: required(
      "activeDirectoryAuthorityHost",
      "ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST",
    ),
    subscriptionId: required("subscriptionId", "ARM_SUBSCRIPTION_ID"),
    tenantId: required("tenantId", "ARM_TENANT_ID"),
    clientId: required("clientId", "ARM_CLIENT_ID"),
    clientSecret: required("clientSecret", "ARM_CLIENT_SECRET"),
    location: optional("location", "ARM_LOCATION"),
  };
}

function refuseOtherMachines(endpoint: string): void {
  const { hostname } = new URL(endpoint);
  if (!["localhost", "[::1]"].includes(hostname) && !/^127(\.\d+){3}$/.test(hostname)) {
    throw new Error(
      `azure-native stand-in: refusing to talk to ${endpoint}, which is not on this machine. ` +
        "The stand-in is for the emulator only: for Azure, install Pulumi's own azure-native plugin " +
        "and take the stand-in out of the plugin path.",
    );
  }
}
