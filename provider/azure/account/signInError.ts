import { chooseMethod } from "./authenticationMethod";
import type { MethodName } from "./authenticationMethod";
import { probeAuthority } from "./authorityProbe";
import { tokenScope } from "./cloud";
import type { Cloud } from "./cloudMetadata";
import { httpGet } from "../http/httpGet";
import type { HttpGet } from "../http/httpGet";
import { SettingsError, describeSetting } from "./settings";
import type { AzureSettings, SettingKey } from "./settings";

/** The identity service, or whatever stands in for it, gave no token. */
export class SignInError extends Error {
  override readonly name = "SignInError";
}

/** What to do about the refusals that people meet most, by the setting that names the tenant. */
const adviceByCode = (tenantKey: SettingKey): Readonly<Record<string, string>> => ({
  AADSTS7000215: `Set ${describeSetting("clientSecret")} to the value of a client secret of this application, not to its id.`,
  AADSTS7000222: `The client secret has expired: create a new one and set ${describeSetting("clientSecret")}.`,
  AADSTS700016: `Check ${describeSetting("clientId")} and ${describeSetting(tenantKey)}: the tenant does not have this application.`,
  AADSTS90002: `Check ${describeSetting(tenantKey)} and the cloud (azure-native:environment): there is no such tenant in it.`,
  AADSTS900023: `Check ${describeSetting(tenantKey)}: it is neither an id nor a domain name of a tenant.`,
  AADSTS700027:
    "Upload this certificate to the application in Microsoft Entra, or configure the one that is there.",
  AADSTS70021:
    "Add a federated credential to the application whose issuer, subject and audience match the OIDC token.",
  AADSTS700211: "Add a federated credential to the application whose issuer matches the OIDC token.",
  AADSTS700212: "Add a federated credential to the application whose audience matches the OIDC token.",
  AADSTS700213: "Add a federated credential to the application whose subject matches the OIDC token.",
  AADSTS700024: "The OIDC token has expired: get a new one, or configure a token file or a request URL.",
});

const adviceByMethod: Readonly<Record<MethodName, string>> = {
  defaultCredential:
    "Sign in with 'az login', or configure one of the credentials that DefaultAzureCredential tries.",
  clientCertificate: `Check ${describeSetting("clientCertificatePath")} and ${describeSetting("clientId")}.`,
  clientSecret: `Check ${describeSetting("clientSecret")} and ${describeSetting("clientId")}.`,
  oidc: "Check the OIDC settings of azure-native and the federated credentials of the application.",
  managedIdentity: `Check that this machine has a managed identity; for a user-assigned one, set ${describeSetting("clientId")} to its client id.`,
  azureCli: "Run 'az login', or configure another of azure-native's authentication methods.",
};

const adviceForNetwork = "Check the network, the proxy and the cloud's addresses.";
const adviceForBadAnswers =
  "Run it again; if it stays so, check the network, the proxy and the cloud's addresses.";
const adviceForTrust = "Trust the authority's certificate: name its PEM file in NODE_EXTRA_CA_CERTS.";

/**
 * Words a failed request for a token: what was being done, what was answered, what to do. The original error is not
 * kept as the cause, because those of the identity libraries carry the request, and the request carries the secret.
 *
 * @param auxiliaryTenantId - The tenant that was signed in to, if it is another than the settings' own.
 */
export async function explainSignInFailure(
  failure: unknown,
  ownSettings: AzureSettings,
  cloud: Cloud,
  auxiliaryTenantId?: string,
  get: HttpGet = httpGet,
): Promise<Error> {
  if (failure instanceof SettingsError) {
    return failure;
  }
  const settings = { ...ownSettings, ...(auxiliaryTenantId && { tenantId: auxiliaryTenantId }) };
  const method = chooseMethod(settings);
  const said = failure instanceof Error ? failure.message || failure.name : String(failure);
  const tenantId = settings.tenantId;
  const reason =
    tenantId !== undefined && said.includes("endpoints_resolution_error")
      ? ((await probeAuthority(cloud, tenantId, get)) ?? said)
      : said;
  const answer = isWithoutReason(reason, method.name)
    ? gaveNoReason
    : withoutSecrets(firstLine(reason), settings).replace(/[.\s]+$/, "");
  return new SignInError(
    `authenticating ${method.title} ${describeTarget(method.name, settings, cloud)}: ` +
      `${answer}. ${advise(answer, method.name, auxiliaryTenantId ? "auxiliaryTenantIds" : "tenantId")}`,
  );
}

function describeTarget(method: MethodName, { tenantId, clientId }: AzureSettings, cloud: Cloud): string {
  const target = [
    ...(tenantId === undefined ? [] : [`tenant ${tenantId}`]),
    ...(clientId === undefined ? [] : [`client ${clientId}`]),
    ...(method === "managedIdentity" || method === "azureCli" ? [] : [`authority ${cloud.authorityHost}`]),
    `scope ${tokenScope(cloud)}`,
  ];
  return `(${target.join(", ")})`;
}

const gaveNoReason = "the answer was no token and gave no reason";

/**
 * Of an answer that is none of Microsoft Entra's own, @azure/msal-node (5.6) says nothing but this. It says so of a machine
 * without a managed identity, too.
 */
function isWithoutReason(said: string, method: MethodName): boolean {
  return method !== "managedIdentity" && !/AADSTS\d/.test(said) && said.includes("Error(s): Not Available");
}

function firstLine(text: string): string {
  // "invalid_client: Error(s): 7000215 - Timestamp: ... - Description: AADSTS7000215: Invalid ... Trace ID: ..."
  const description = /AADSTS\d+:.*/.exec(text)?.[0] ?? text;
  return description.split(/\r?\n| Trace ID:/, 1)[0]?.trim() ?? "";
}

function withoutSecrets(text: string, settings: AzureSettings): string {
  const { clientSecret, clientCertificatePassword, oidcToken, oidcRequestToken } = settings;
  const secrets = [clientSecret, clientCertificatePassword, oidcToken, oidcRequestToken].filter(
    Boolean,
  ) as string[];
  const shortened = text.replace(/eyJ[\w-]+(\.[\w-]*)+/g, "[token]");
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), shortened);
}

function advise(answer: string, method: MethodName, tenantKey: SettingKey): string {
  const byCode = adviceByCode(tenantKey)[/AADSTS\d+/.exec(answer)?.[0] ?? ""];
  if (byCode !== undefined) {
    return byCode;
  }
  if (/self-signed certificate|unable to (get|verify) .*certificate/i.test(answer)) {
    return adviceForTrust;
  }
  if (answer === gaveNoReason || / answered (408|429|5\d\d)$/.test(answer)) {
    return adviceForBadAnswers;
  }
  if (
    /no answer came|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|network_error|endpoints_resolution/i.test(
      answer,
    )
  ) {
    return adviceForNetwork;
  }
  return adviceByMethod[method];
}
