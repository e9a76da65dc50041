/**
 * Every setting of azure-native that this provider reads: the key in the stack's configuration, and the variables
 * that are asked in this order when the stack does not have the key.
 */
const variables = {
  clientId: ["ARM_CLIENT_ID"],
  clientSecret: ["ARM_CLIENT_SECRET"],
  tenantId: ["ARM_TENANT_ID"],
  subscriptionId: ["ARM_SUBSCRIPTION_ID"],
  clientCertificatePath: ["ARM_CLIENT_CERTIFICATE_PATH"],
  clientCertificatePassword: ["ARM_CLIENT_CERTIFICATE_PASSWORD"],
  useOidc: ["ARM_USE_OIDC"],
  oidcToken: ["ARM_OIDC_TOKEN"],
  oidcTokenFilePath: ["ARM_OIDC_TOKEN_FILE_PATH"],
  oidcAudience: ["ARM_OIDC_AUDIENCE"],
  oidcRequestUrl: ["ACTIONS_ID_TOKEN_REQUEST_URL"],
  oidcRequestToken: ["ACTIONS_ID_TOKEN_REQUEST_TOKEN"],
  useMsi: ["ARM_USE_MSI"],
  useDefaultAzureCredential: ["ARM_USE_DEFAULT_AZURE_CREDENTIAL"],
  auxiliaryTenantIds: ["ARM_AUXILIARY_TENANT_IDS"],
  disableInstanceDiscovery: ["ARM_DISABLE_INSTANCE_DISCOVERY"],
  environment: ["ARM_ENVIRONMENT", "AZURE_ENVIRONMENT"],
  activeDirectoryAuthorityHost: ["ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST"],
  resourceManagerAudience: ["ARM_RESOURCE_MANAGER_AUDIENCE"],
  resourceManagerEndpoint: ["ARM_RESOURCE_MANAGER_ENDPOINT"],
  metadataHost: ["ARM_METADATA_HOSTNAME"],
} as const;

/** The name of a setting, as the stack's configuration spells it after `azure-native:`. */
export type SettingKey = keyof typeof variables;

/** Every key, in the order in which they are read. */
export const settingKeys = Object.keys(variables) as SettingKey[];

type SwitchKey = "useOidc" | "useMsi" | "useDefaultAzureCredential" | "disableInstanceDiscovery";
type ListKey = "auxiliaryTenantIds";

/** What azure-native would know about the identity and the cloud of this stack. */
export type AzureSettings = {
  readonly [Key in Exclude<SettingKey, SwitchKey | ListKey>]?: string;
} & { readonly [Key in SwitchKey]: boolean } & { readonly [Key in ListKey]: readonly string[] };

/** A setting that is missing, or that cannot mean anything: the user changes it, trying again does not help. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** How messages name a setting: `azure-native:clientId (ARM_CLIENT_ID)`. */
export function describeSetting(key: SettingKey): string {
  return `azure-native:${key} (${variables[key].join(" or ")})`;
}

/**
 * Reads the settings as azure-native does: the stack's configuration first, then the variable.
 *
 * @param config - Gives a value of the stack's configuration by its full key, such as `azure-native:clientId`.
 * @param environment - The variables of the process.
 */
export function readSettings(
  config: (key: string) => string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): AzureSettings {
  // A key that the stack sets to "" hides its variable and counts as not set, as in azure-native's getConfig.
  const read = (key: SettingKey): string | undefined =>
    (config(`azure-native:${key}`) ?? variables[key].map((name) => environment[name]).find(Boolean)) ||
    undefined;

  const entries = settingKeys.map((key) => [key, read(key)] as const);
  const texts = Object.fromEntries(entries) as Record<SettingKey, string | undefined>;
  return {
    ...texts,
    useOidc: texts.useOidc === "true",
    useMsi: texts.useMsi === "true",
    useDefaultAzureCredential: texts.useDefaultAzureCredential === "true",
    disableInstanceDiscovery: texts.disableInstanceDiscovery === "true",
    auxiliaryTenantIds: parseTenantIds(texts.auxiliaryTenantIds),
  };
}

function parseTenantIds(text: string | undefined): readonly string[] {
  if (text === undefined) {
    return [];
  }
  const tenantIds = parseJson(text);
  if (Array.isArray(tenantIds) && tenantIds.every((tenantId) => typeof tenantId === "string")) {
    return tenantIds;
  }
  throw new SettingsError(
    `reading ${describeSetting("auxiliaryTenantIds")}: '${text}' is not a JSON list of tenant ids. ` +
      `Write it as ["<tenant id>", "<tenant id>"].`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
