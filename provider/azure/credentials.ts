import * as identity from "@azure/identity";
import { chooseMethod } from "./authenticationMethod";
import { readClientCertificate } from "./clientCertificate";
import type { Cloud } from "./cloud";
import { oidcAssertion } from "./oidcAssertion";
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

/** A subscription names its tenant, and `az account get-access-token` refuses to be given both. */
function cliOptions({
  subscriptionId,
  tenantId,
  auxiliaryTenantIds,
}: AzureSettings): identity.AzureCliCredentialOptions {
  const additionallyAllowedTenants = [...auxiliaryTenantIds];
  return subscriptionId
    ? { subscription: subscriptionId, additionallyAllowedTenants }
    : { ...(tenantId && { tenantId }), additionallyAllowedTenants };
}
