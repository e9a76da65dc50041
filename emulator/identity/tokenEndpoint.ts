import { randomUUID } from "node:crypto";
import * as accounts from "../accounts";
import { toTimestamp } from "../clock";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { callerOf } from "./callers";
import type { Caller } from "./callers";
import { tenantNotFound } from "./discovery";
import { readClaims, refuseAssertion } from "./federatedCredentials";

const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** `POST /<tenant>/oauth2/v2.0/token`: client credentials, with a secret or a signed assertion. */
export function issueToken(cloud: Cloud, call: Call): Answer {
  const form = new URLSearchParams(call.bodyText);
  const scope = form
    .get("scope")
    ?.split(" ")
    .find((one) => one.endsWith("/.default"));
  return grant(cloud, call, form, scope?.slice(0, -"/.default".length), "scope");
}

/** `POST /<tenant>/oauth2/token`: the same by `resource`, which older clients use. */
export function issueTokenByResource(cloud: Cloud, call: Call): Answer {
  const form = new URLSearchParams(call.bodyText);
  return grant(cloud, call, form, form.get("resource") ?? undefined, "resource");
}

function grant(
  cloud: Cloud,
  call: Call,
  form: URLSearchParams,
  audience: string | undefined,
  audienceField: string,
): Answer {
  const refusal = refuseTenant(cloud, call) ?? refuseGrantType(cloud, form);
  if (refusal) {
    return refusal;
  }
  const caller = callerOf(cloud.callers, form.get("client_id") ?? "");
  if (!caller) {
    return refuseClient(cloud, form);
  }
  const refusedCredential = refuseCredential(cloud, form, caller);
  if (refusedCredential) {
    return refusedCredential;
  }
  if (!audience) {
    const message = `AADSTS90014: The required field '${audienceField}' is missing from the credential.`;
    return identityError(cloud, 400, "invalid_request", 90014, message);
  }
  const { accessToken, expiresInSeconds } = cloud.tokens.issue(
    caller,
    audience,
    call.origin,
    accounts.findTenantId(call.parameters["tenant"]!)!,
  );
  const expiresOn = Math.floor(cloud.now() / 1000) + expiresInSeconds;
  return answer(200, {
    token_type: "Bearer",
    expires_in: expiresInSeconds,
    ext_expires_in: expiresInSeconds,
    ...(audienceField === "resource" ? { expires_on: String(expiresOn), resource: audience } : {}),
    access_token: accessToken,
  });
}

function refuseTenant(cloud: Cloud, call: Call): Answer | undefined {
  const tenant = call.parameters["tenant"]!;
  return accounts.findTenantId(tenant)
    ? undefined
    : identityError(cloud, 400, "invalid_request", 90002, tenantNotFound(tenant));
}

function refuseGrantType(cloud: Cloud, form: URLSearchParams): Answer | undefined {
  const grantType = form.get("grant_type");
  if (grantType === "client_credentials") {
    return undefined;
  }
  const message = `AADSTS70003: The app requested an unsupported grant type '${grantType ?? ""}'.`;
  return identityError(cloud, 400, "unsupported_grant_type", 70003, message);
}

function refuseClient(cloud: Cloud, form: URLSearchParams): Answer {
  const client = form.get("client_id") ?? "";
  const message =
    `AADSTS700016: Application with identifier '${client}' was not found in the directory 'Emulator'. ` +
    "This can happen if the application has not been installed by the administrator of the tenant.";
  return identityError(cloud, 400, "unauthorized_client", 700016, message);
}

function refuseCredential(cloud: Cloud, form: URLSearchParams, { clientId }: Caller): Answer | undefined {
  const secret = form.get("client_secret");
  const assertion = form.get("client_assertion");
  if (assertion !== null) {
    return refuseClientAssertion(cloud, form.get("client_assertion_type"), assertion);
  }
  if (secret === null) {
    const message =
      "AADSTS7000216: 'client_assertion', 'client_secret' or 'request' is required for the " +
      "'client_credentials' grant type.";
    return identityError(cloud, 401, "invalid_client", 7000216, message);
  }
  if (secret !== cloud.tokens.secretOf(clientId)) {
    const message =
      "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the " +
      `client secret value, not the client secret ID, for a secret added to app '${clientId}'.`;
    return identityError(cloud, 401, "invalid_client", 7000215, message);
  }
  return undefined;
}

/** Where no credential was agreed on, any well-formed JWT will do: there is no key of its issuer to check it with. */
function refuseClientAssertion(cloud: Cloud, type: string | null, assertion: string): Answer | undefined {
  const claims = readClaims(assertion);
  if (type !== jwtBearer || claims === undefined) {
    const message = "AADSTS50027: JWT token is invalid or malformed.";
    return identityError(cloud, 400, "invalid_request", 50027, message);
  }
  const { federatedCredentials } = cloud.tokens;
  const refusal =
    federatedCredentials.length === 0
      ? undefined
      : refuseAssertion(assertion, claims, federatedCredentials, cloud.now() / 1000);
  return refusal && identityError(cloud, 401, "invalid_client", refusal.code, refusal.message);
}

function identityError(cloud: Cloud, status: number, error: string, code: number, message: string): Answer {
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const timestamp = toTimestamp(cloud.now())
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z");
  return answer(status, {
    error,
    error_description: `${message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
  });
}
