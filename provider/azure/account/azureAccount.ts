import { createRequire } from "node:module";
import { chooseMethod } from "./authenticationMethod";
import { showAzureCliAccount } from "./azureCli";
import { findConfiguredCloud, resolveCloud, tokenScope } from "./cloud";
import type { Cloud } from "./cloudMetadata";
import type * as Credentials from "./credentials";
import { SettingsError, readSettings } from "./settings";
import type { AzureSettings } from "./settings";
import { explainSignInFailure } from "./signInError";
import { TokenSource } from "./tokenSource";

// Loaded when the first token is asked for: @azure/identity takes a fifth of a second. Not with import(), which would
// load its ES module build besides the one that others have, and which jest refuses.
const load = createRequire(__filename);

/** Who deploys, and to which cloud. */
export interface AzureAccount {
  readonly cloud: Cloud;
  readonly tokens: TokenSource;
  /** Tokens of the same identity in the tenants that `azure-native:auxiliaryTenantIds` names. */
  readonly auxiliaryTokens: readonly TokenSource[];
  /** The subscription that azure-native would use; undefined when neither the stack nor the Azure CLI names one. */
  readonly subscriptionId?: string;
}

/**
 * Opens the account that azure-native would use with the same stack and the same variables. Settings are judged here;
 * the first token is asked for when {@link TokenSource.getToken} is first called.
 *
 * @param config - Gives a value of the stack's configuration by its full key, such as `azure-native:clientId`.
 * @param environment - The variables of the process.
 */
export async function openAccount(
  config: (key: string) => string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<AzureAccount> {
  insistOnCertificates(environment);
  const settings = readSettings(config, environment);
  if (chooseMethod(settings).name === "azureCli") {
    return openAzureCliAccount(settings);
  }
  const { subscriptionId } = settings;
  const cloud = await resolveCloud(settings);
  return { cloud, ...openTokens(settings, cloud), ...(subscriptionId && { subscriptionId }) };
}

/** The identity libraries follow this variable of Node.js, so it is refused rather than overruled in our own requests only. */
function insistOnCertificates({
  NODE_TLS_REJECT_UNAUTHORIZED,
}: Readonly<Record<string, string | undefined>>): void {
  if (NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    throw new SettingsError(
      "NODE_TLS_REJECT_UNAUTHORIZED is 0, so nobody would know who gets the secrets and tokens that are sent. Remove it, " +
        "and name the PEM file of a certificate that is to be trusted in NODE_EXTRA_CA_CERTS.",
    );
  }
}

/** The Azure CLI is signed in to one cloud at a time, so it decides unless the stack names a cloud itself. */
async function openAzureCliAccount(settings: AzureSettings): Promise<AzureAccount> {
  const configured = await findConfiguredCloud(settings);
  const active = await showAzureCliAccount(settings.subscriptionId);
  if (configured !== undefined && configured.authorityHost !== active.cloud.authorityHost) {
    throw new SettingsError(
      `The configured Azure cloud '${configured.name}' does not match the active cloud '${active.cloud.name}'.\n` +
        "When authenticating using the Azure CLI, the configured cloud needs to match the one shown by 'az account show'.\n" +
        "You can change clouds using 'az cloud set --name <cloud>'.",
    );
  }
  const cloud = configured ?? active.cloud;
  return { cloud, ...openTokens(settings, cloud), subscriptionId: active.subscriptionId };
}

function openTokens(settings: AzureSettings, cloud: Cloud): Pick<AzureAccount, "tokens" | "auxiliaryTokens"> {
  const scope = tokenScope(cloud);
  const credentials = (): typeof Credentials => load("./credentials") as typeof Credentials;
  return {
    tokens: new TokenSource({
      openCredential: async () => credentials().createCredential(settings, cloud),
      scope,
      explain: (failure) => explainSignInFailure(failure, settings, cloud),
    }),
    auxiliaryTokens: settings.auxiliaryTenantIds.map(
      (tenantId) =>
        new TokenSource({
          openCredential: async () => credentials().createAuxiliaryCredential(settings, cloud, tenantId),
          scope,
          explain: (failure) => explainSignInFailure(failure, settings, cloud, tenantId),
        }),
    ),
  };
}
