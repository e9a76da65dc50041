import { SettingsError, describeSetting } from "./settings";
import type { AzureSettings, SettingKey } from "./settings";

/** A way to prove who is deploying. */
export type MethodName =
  "defaultCredential" | "clientCertificate" | "clientSecret" | "oidc" | "managedIdentity" | "azureCli";

/** A {@link MethodName} and what there is to say about it. */
export interface AuthenticationMethod {
  readonly name: MethodName;
  /** How azure-native's messages go on after "when authenticating". */
  readonly title: string;
  /** What must be set besides the setting that chooses this method, in the order in which it is missed. */
  readonly required: readonly PartKey[];
  readonly chosen: (settings: AzureSettings) => boolean;
}

type PartKey = "subscriptionId" | "tenantId" | "clientId";

const partNames: Readonly<Record<PartKey, string>> = {
  subscriptionId: "Subscription ID",
  tenantId: "Tenant ID",
  clientId: "Client ID",
};

/** In azure-native's order; the last one needs no setting. */
const methods: readonly AuthenticationMethod[] = [
  {
    name: "defaultCredential",
    title: "using the Default Azure Credential",
    required: ["subscriptionId"],
    chosen: (settings) => settings.useDefaultAzureCredential,
  },
  {
    name: "clientCertificate",
    title: "as a Service Principal using a Client Certificate",
    required: ["subscriptionId", "tenantId", "clientId"],
    chosen: (settings) => settings.clientCertificatePath !== undefined,
  },
  {
    name: "clientSecret",
    title: "as a Service Principal using a Client Secret",
    required: ["subscriptionId", "tenantId", "clientId"],
    chosen: (settings) => settings.clientSecret !== undefined,
  },
  {
    name: "oidc",
    title: "with OIDC",
    required: ["subscriptionId", "tenantId", "clientId"],
    chosen: (settings) => settings.useOidc,
  },
  {
    name: "managedIdentity",
    title: "as a Managed Identity using MSI",
    required: ["subscriptionId"],
    chosen: (settings) => settings.useMsi,
  },
  { name: "azureCli", title: "using the Azure CLI", required: [], chosen: () => true },
];

/**
 * The first method that the settings choose. A method that is chosen and incomplete is an error: the next one would
 * deploy as somebody else.
 */
export function chooseMethod(settings: AzureSettings): AuthenticationMethod {
  const method = methods.find(({ chosen }) => chosen(settings));
  if (method === undefined) {
    throw new Error("internal-error: the Azure CLI is always a method");
  }
  for (const key of method.required) {
    if (settings[key] === undefined) {
      throw missingPart(partNames[key], method, [key]);
    }
  }
  if (method.name === "oidc" && !hasOidcSource(settings)) {
    const keys = ["oidcToken", "oidcTokenFilePath", "oidcRequestUrl", "oidcRequestToken"] as const;
    throw missingPart("OIDC token or request URL and token", method, keys);
  }
  return method;
}

function hasOidcSource(settings: AzureSettings): boolean {
  const { oidcToken, oidcTokenFilePath, oidcRequestUrl, oidcRequestToken } = settings;
  return Boolean(oidcToken ?? oidcTokenFilePath ?? (oidcRequestUrl && oidcRequestToken));
}

function missingPart(part: string, method: AuthenticationMethod, keys: readonly SettingKey[]): SettingsError {
  return new SettingsError(
    `A ${part} must be configured when authenticating ${method.title}. Set ${keys.map(describeSetting).join(", ")}.`,
  );
}
