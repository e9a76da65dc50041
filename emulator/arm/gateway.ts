import { tenantId } from "../accounts";
import { toTimestamp } from "../clock";
import type { Cloud } from "../cloud";
import type { Claims } from "../identity/tokens";
import type { Call } from "../message";
import {
  ArmError,
  invalidSubscriptionId,
  parentResourceNotFound,
  resourceGroupNotFound,
  subscriptionNotFound,
} from "./errors";
import { resourceGroupIdOf, resourceIdOf, subscriptionIdOf } from "./resourceId";

/** Lets only calls through that bear a token for this Resource Manager, and gives what the token says. */
export function authenticate(
  cloud: Cloud,
  headers: Record<string, string>,
  origin: string,
  audiences: string[],
): Claims {
  const header = headers["authorization"];
  if (!header) {
    const message = "Authentication failed. The 'Authorization' header is missing.";
    throw unauthorized(origin, "AuthenticationFailed", message);
  }
  const token = /^Bearer (\S+)$/i.exec(header)?.[1];
  if (!token) {
    const message = "Authentication failed. The 'Authorization' header is provided in an invalid format.";
    throw unauthorized(origin, "AuthenticationFailedInvalidHeader", message);
  }
  const verdict = cloud.tokens.verify(token);
  if (!verdict.ok && verdict.reason === "expired") {
    const expiry = toTimestamp(verdict.claims!.exp * 1000);
    const message = `The access token expiry UTC time '${expiry}' is earlier than current UTC time '${toTimestamp(cloud.now())}'.`;
    throw unauthorized(origin, "ExpiredAuthenticationToken", message);
  }
  if (!verdict.ok) {
    throw unauthorized(origin, "InvalidAuthenticationToken", "The access token is invalid.");
  }
  const audience = verdict.claims.aud.replace(/\/+$/, "");
  if (!audiences.includes(audience)) {
    const message =
      `The access token has been obtained for wrong audience or resource '${verdict.claims.aud}'. ` +
      `It should exactly match with one of the allowed audiences '${audiences.join("','")}'.`;
    throw unauthorized(origin, "InvalidAuthenticationTokenAudience", message);
  }
  return verdict.claims;
}

/** Throws when the subscription that the path begins with belongs to another tenant than the token. */
export function checkTenant(cloud: Cloud, { path, origin, tenantId: tokenTenantId }: Call): void {
  const subscription = cloud.subscriptions.find(subscriptionIdOf(path) ?? "");
  if (subscription && subscription.tenantId !== tokenTenantId) {
    const message =
      `The access token is from the wrong issuer '${origin}/${tokenTenantId}/'. It must match the tenant ` +
      `'${origin}/${subscription.tenantId}/' associated with this subscription. Please use the authority (URL) ` +
      `'${origin}/${subscription.tenantId}' to get the token.`;
    throw unauthorized(origin, "InvalidAuthenticationTokenTenant", message);
  }
}

/**
 * The other tenants whose tokens the caller sent along. Each of these must be good, whether the request needs it or not:
 * Microsoft's page "Authenticate requests across tenants", which names no code.
 */
export function authenticateAuxiliary(
  cloud: Cloud,
  headers: Record<string, string>,
  origin: string,
): string[] {
  const header = headers["x-ms-authorization-auxiliary"];
  const tokens = header === undefined ? [] : header.split(/[,;]/);
  return tokens.map((token) => {
    const verdict = cloud.tokens.verify(token.trim().replace(/^Bearer /i, ""));
    if (!verdict.ok) {
      const whose = verdict.claims
        ? ` of client '${verdict.claims.appid}' in tenant '${verdict.claims.tid}'`
        : "";
      throw unauthorized(origin, assumedAuxiliaryCode, `The auxiliary token${whose} is not valid.`);
    }
    return verdict.claims.tid;
  });
}

const assumedAuxiliaryCode = "InvalidAuxiliaryTokens";

function unauthorized(origin: string, code: string, message: string): ArmError {
  return new ArmError(401, code, message, {
    "WWW-Authenticate":
      `Bearer authorization_uri="${origin}/${tenantId}", error="invalid_token", ` +
      'error_description="The access token is missing or not valid for this resource."',
    "x-ms-failure-cause": "gateway",
  });
}

/** Throws when the subscription that the path begins with does not exist. */
export function checkSubscriptionOf(cloud: Cloud, { path }: Call): void {
  const subscriptionId = subscriptionIdOf(path);
  if (subscriptionId !== undefined) {
    checkSubscription(cloud, subscriptionId);
  }
}

/** Throws when a resource group or vault that the route lies under does not exist. */
export function checkAncestors(cloud: Cloud, call: Call): void {
  const { resourceGroupName, vaultName } = call.parameters;
  if (resourceGroupName !== undefined && !cloud.resourceGroups.get(resourceGroupIdOf(call.parameters))) {
    throw resourceGroupNotFound(resourceGroupName);
  }
  if (vaultName !== undefined) {
    const vaultId = resourceIdOf(call.parameters, "Microsoft.DataProtection/backupVaults", vaultName);
    if (!cloud.vaults.get(vaultId)) {
      const verb = { GET: "read", PUT: "write", DELETE: "delete" }[call.method] ?? "action";
      const type = call.path.split("/")[9] ?? "";
      throw parentResourceNotFound(verb, `backupVaults/${type}`, vaultId);
    }
  }
}

export function checkSubscription(cloud: Cloud, subscriptionId: string): void {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subscriptionId)) {
    throw invalidSubscriptionId(subscriptionId);
  }
  if (!cloud.subscriptions.find(subscriptionId)) {
    throw subscriptionNotFound(subscriptionId);
  }
}
