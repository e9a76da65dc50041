import * as identity from "@azure/identity";
import { chooseMethod } from "./authenticationMethod";
import { readClientCertificate } from "./clientCertificate";
import type { Cloud } from "./cloudMetadata";
import { oidcAssertion } from "./oidcAssertion";
import { SettingsError, describeSetting } from "./settings";
import type { AzureSettings } from "./settings";

/** The credential of the method that the settings choose, for one cloud. */
export async function createCredential(
  settings: AzureSettings,
  cloud: Cloud,
): Promise<identity.TokenCredential> {
  const method = chooseMethod(settings);
  const { tenantId = "", clientId = "", clientSecret = "", clientCertificatePath = "" } = settings;
  const options = {
    authorityHost: cloud.authorityHost,
    additionallyAllowedTenants: [...settings.auxiliaryTenantIds],
    // Discovery asks login.microsoftonline.com whether the authority is genuine, and it knows Microsoft's own only.
    disableInstanceDiscovery: settings.disableInstanceDiscovery || cloud.custom,
  };

  switch (method.name) {
    case "defaultCredential":
      return new identity.DefaultAzureCredential({ ...options, ...(tenantId && { tenantId }) });
    case "clientCertificate": {
      const certificate = await readClientCertificate(
        clientCertificatePath,
        settings.clientCertificatePassword,
      );
      return new identity.ClientCertificateCredential(tenantId, clientId, { certificate }, options);
    }
    case "clientSecret":
      return new identity.ClientSecretCredential(tenantId, clientId, clientSecret, options);
    case "oidc":
      return new identity.ClientAssertionCredential(tenantId, clientId, oidcAssertion(settings), options);
    case "managedIdentity":
      return clientId
        ? new identity.ManagedIdentityCredential({ clientId })
        : new identity.ManagedIdentityCredential();
    case "azureCli":
      return new identity.AzureCliCredential(cliOptions(settings));
  }
}

/**
 * The same identity in another tenant, one of `auxiliaryTenantIds`.
 *
 * @throws {@link SettingsError} for a managed identity, which exists in its own tenant only.
 */
export async function createAuxiliaryCredential(
  settings: AzureSettings,
  cloud: Cloud,
  tenantId: string,
): Promise<identity.TokenCredential> {
  const method = chooseMethod(settings);
  if (method.name === "managedIdentity") {
    throw new SettingsError(
      `signing in to tenant ${tenantId}, which ${describeSetting("auxiliaryTenantIds")} names: a managed identity has ` +
        "tokens of its own tenant only. Authenticate as an application that both tenants have.",
    );
  }
  const credential =
    method.name === "azureCli"
      ? new identity.AzureCliCredential({ tenantId })
      : await createCredential(settings, cloud);
  return { getToken: (scopes, options) => credential.getToken(scopes, { ...options, tenantId }) };
}

/** A subscription names its tenant, and `az account get-access-token` refuses to be given both. */
function cliOptions({ subscriptionId, tenantId }: AzureSettings): identity.AzureCliCredentialOptions {
  return subscriptionId ? { subscription: subscriptionId } : { ...(tenantId && { tenantId }) };
}
