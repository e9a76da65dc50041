import { badRequest } from "../arm/errors";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";

/**
 * `GET /metadata/endpoints`: what a custom cloud tells azurerm and the Azure CLI about itself. Since 2022-09-01 it is
 * one object, from 2018 on a list of clouds. Before, it was an object with other names, which tools for Azure Stack still
 * ask for (2015-01-01 in its documentation, 2017-12-01 in a log of the Entra ID module for sshd).
 */
export function cloudMetadata(_cloud: Cloud, call: Call): Answer {
  const apiVersion = call.query.get("api-version");
  if (!apiVersion) {
    throw badRequest(
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  if (apiVersion < "2018") {
    return answer(200, describeFirstGeneration(call.origin));
  }
  const cloud = describeCloud(call.origin);
  return answer(200, apiVersion >= "2022-09-01" ? cloud : [cloud]);
}

function describeFirstGeneration(origin: string): Record<string, unknown> {
  return {
    galleryEndpoint: `${origin}/`,
    graphEndpoint: `${origin}/`,
    portalEndpoint: `${origin}/`,
    graphAudience: `${origin}/`,
    authentication: describeAuthentication(origin),
  };
}

function describeAuthentication(origin: string): Record<string, unknown> {
  return {
    loginEndpoint: `${origin}/`,
    audiences: [origin, `${origin}/`],
    // Terraform's SDK takes anything else for Azure Stack and stops.
    tenant: "common",
    identityProvider: "AAD",
  };
}

function describeCloud(origin: string): Record<string, unknown> {
  const { host } = new URL(origin);
  return {
    portal: origin,
    authentication: describeAuthentication(origin),
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
