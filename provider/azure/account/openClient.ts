import { ArmClient } from "../http/armClient";
import { openAccount } from "./azureAccount";
import { systemClock } from "../clock";

/** A client of the account that azure-native would use, and the subscription that it would use. */
export interface OpenedClient {
  client: ArmClient;
  /** `undefined` when neither the stack nor the Azure CLI names one. */
  subscriptionId: string | undefined;
}

/**
 * Opens a client with the credentials and the cloud that azure-native would use. The first token is asked for with the
 * first request.
 *
 * @param config - Gives a value of the stack's configuration by its full key, such as `azure-native:clientId`.
 */
export async function openClient(config: (key: string) => string | undefined): Promise<OpenedClient> {
  const { cloud, tokens, auxiliaryTokens, subscriptionId } = await openAccount(config, process.env);
  const client = new ArmClient(
    cloud.resourceManagerEndpoint,
    tokens,
    systemClock,
    Math.random,
    auxiliaryTokens,
  );
  return { client, subscriptionId };
}
