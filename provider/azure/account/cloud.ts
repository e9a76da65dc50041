import type { Cloud } from "./cloudMetadata";
import { readCloudMetadata } from "./cloudMetadata";
import { parseEndpoint } from "./endpoint";
import { httpGet } from "../http/httpGet";
import type { HttpGet } from "../http/httpGet";
import { SettingsError, describeSetting } from "./settings";
import type { AzureSettings } from "./settings";

const publicCloud: Cloud = {
  name: "AzureCloud",
  authorityHost: "https://login.microsoftonline.com",
  resourceManagerEndpoint: "https://management.azure.com",
  audience: "https://management.azure.com",
  custom: false,
};

const governmentCloud: Cloud = {
  name: "AzureUSGovernment",
  authorityHost: "https://login.microsoftonline.us",
  resourceManagerEndpoint: "https://management.usgovcloudapi.net",
  audience: "https://management.usgovcloudapi.net",
  custom: false,
};

const chinaCloud: Cloud = {
  name: "AzureChinaCloud",
  authorityHost: "https://login.chinacloudapi.cn",
  resourceManagerEndpoint: "https://management.chinacloudapi.cn",
  audience: "https://management.chinacloudapi.cn",
  custom: false,
};

const cloudsByName: ReadonlyMap<string, Cloud> = new Map([
  ["public", publicCloud],
  ["azurecloud", publicCloud],
  ["azurepubliccloud", publicCloud],
  ["china", chinaCloud],
  ["azurechinacloud", chinaCloud],
  ["usgov", governmentCloud],
  ["usgovernment", governmentCloud],
  ["usgovernmentl4", governmentCloud],
  ["azureusgovernment", governmentCloud],
  ["azureusgovernmentcloud", governmentCloud],
]);

const customCloudKeys = [
  "activeDirectoryAuthorityHost",
  "resourceManagerAudience",
  "resourceManagerEndpoint",
] as const;

/** One of Microsoft's clouds by any of its names, in any case; undefined for a name that is none of them. */
export function findCloud(name: string): Cloud | undefined {
  return cloudsByName.get(name.toLowerCase());
}

/** The scope that a token for this cloud's Resource Manager is asked for. */
export function tokenScope(cloud: Cloud): string {
  return `${cloud.audience}/.default`;
}

/**
 * The cloud that the settings name, or undefined when they name none: a custom cloud, then the cloud that the metadata
 * host describes, then one of Microsoft's by name.
 */
export async function findConfiguredCloud(
  settings: AzureSettings,
  get: HttpGet = httpGet,
): Promise<Cloud | undefined> {
  const custom = customCloud(settings);
  if (custom !== undefined) {
    return custom;
  }
  if (settings.metadataHost !== undefined) {
    return readCloudMetadata(settings.metadataHost, get);
  }
  // azure-native takes an unknown name for the public cloud (GetCloudByName), so a stack that has one works there.
  return settings.environment === undefined ? undefined : (findCloud(settings.environment) ?? publicCloud);
}

/** The cloud that the settings name; the public one when they name none. */
export async function resolveCloud(settings: AzureSettings, get: HttpGet = httpGet): Promise<Cloud> {
  return (await findConfiguredCloud(settings, get)) ?? publicCloud;
}

function customCloud(settings: AzureSettings): Cloud | undefined {
  const missing = customCloudKeys.filter((key) => settings[key] === undefined);
  if (missing.length === customCloudKeys.length) {
    return undefined;
  }
  const { activeDirectoryAuthorityHost, resourceManagerAudience, resourceManagerEndpoint } = settings;
  if (!activeDirectoryAuthorityHost || !resourceManagerAudience || !resourceManagerEndpoint) {
    throw new SettingsError(
      `reading the custom cloud: ${missing.map(describeSetting).join(" and ")} must be set too. ` +
        `A custom cloud needs ${customCloudKeys.join(", ")}; for one of Microsoft's clouds set none of them.`,
    );
  }
  return {
    name: "custom",
    authorityHost: parseEndpoint(
      activeDirectoryAuthorityHost,
      describeSetting("activeDirectoryAuthorityHost"),
    ),
    resourceManagerEndpoint: parseEndpoint(
      resourceManagerEndpoint,
      describeSetting("resourceManagerEndpoint"),
    ),
    audience: resourceManagerAudience,
    custom: true,
  };
}
