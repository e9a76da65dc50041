import * as accounts from "../accounts";
import { badRequest } from "../arm/errors";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";

/**
 * `GET /metadata/endpoints`: what a custom cloud tells azurerm and the Azure CLI about itself. Since 2022-09-01 it is
 * one object, before that a list.
 */
export function cloudMetadata(_cloud: Cloud, call: Call): Answer {
  const apiVersion = call.query.get("api-version");
  if (!apiVersion) {
    throw badRequest(
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  const cloud = describeCloud(call.origin);
  return answer(200, apiVersion >= "2022-09-01" ? cloud : [cloud]);
}

function describeCloud(origin: string): Record<string, unknown> {
  const { host } = new URL(origin);
  return {
    portal: origin,
    authentication: {
      loginEndpoint: `${origin}/`,
      audiences: [origin, `${origin}/`],
      tenant: accounts.tenantId,
      identityProvider: "AAD",
    },
    media: origin,
    graph: `${origin}/`,
    graphAudience: `${origin}/`,
    microsoftGraphResourceId: `${origin}/`,
    name: "DataProtectionEmulator",
    suffixes: {
      storage: `storage.${host}`,
      keyVaultDns: `vault.${host}`,
      sqlServerHostname: `database.${host}`,
      acrLoginServer: `registry.${host}`,
    },
    batch: `${origin}/`,
    resourceManager: `${origin}/`,
    vmImageAliasDoc: `${origin}/aliases.json`,
    sqlManagement: `${origin}/`,
    activeDirectoryDataLake: `${origin}/`,
    gallery: `${origin}/`,
  };
}
