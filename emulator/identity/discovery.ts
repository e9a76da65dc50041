import * as accounts from "../accounts";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";

export const tenantNotFound = (tenant: string): string =>
  `AADSTS90002: Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing ` +
  "into the correct cloud. Check with your subscription administrator, this may happen if there are no active " +
  "subscriptions for the tenant.";

/** What stands for a tenant where a client does not know which: the Azure CLI looks at `organizations` when it signs in. */
const anyTenant: readonly string[] = ["common", "organizations"];

/** `GET /<tenant>/v2.0/.well-known/openid-configuration`; for any tenant the issuer has a place for the tenant's id. */
export function openIdConfiguration(_cloud: Cloud, call: Call): Answer {
  const tenant = call.parameters["tenant"]!;
  const tenantId = anyTenant.includes(tenant.toLowerCase())
    ? tenant.toLowerCase()
    : accounts.findTenantId(tenant);
  if (!tenantId) {
    return answer(400, {
      error: "invalid_tenant",
      error_description: tenantNotFound(tenant),
      error_codes: [90002],
    });
  }
  const base = `${call.origin}/${tenantId}`;
  return answer(200, {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    issuer: `${anyTenant.includes(tenantId) ? `${call.origin}/{tenantid}` : base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: ["sub", "iss", "aud", "exp", "iat", "tid", "ver"],
    tenant_region_scope: "EU",
    cloud_instance_name: new URL(call.origin).host,
  });
}

/** `GET /common/discovery/instance`: clients that insist on instance discovery learn that this host is an authority. */
export function instanceDiscovery(_cloud: Cloud, call: Call): Answer {
  const { host } = new URL(call.origin);
  return answer(200, {
    tenant_discovery_endpoint: `${call.origin}/${accounts.tenantId}/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}
