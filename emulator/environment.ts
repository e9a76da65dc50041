import * as accounts from "./accounts";

/** What Azure tools read. No `ARM_ENVIRONMENT`: azure-native would take it for the name of a known cloud. */
export function environmentFor(
  url: string,
  subscriptionId: string,
  clientSecret: string,
  certificateFile: string,
): Record<string, string> {
  return {
    ARM_TENANT_ID: accounts.tenantId,
    ARM_CLIENT_ID: accounts.clientId,
    ARM_CLIENT_SECRET: clientSecret,
    ARM_SUBSCRIPTION_ID: subscriptionId,
    ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST: `${url}/`,
    ARM_RESOURCE_MANAGER_ENDPOINT: url,
    ARM_RESOURCE_MANAGER_AUDIENCE: url,
    ARM_METADATA_HOSTNAME: new URL(url).host,
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
    NODE_EXTRA_CA_CERTS: certificateFile,
    SSL_CERT_FILE: certificateFile,
    REQUESTS_CA_BUNDLE: certificateFile,
  };
}
