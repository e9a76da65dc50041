import type { ResourceManager } from "./resourceManager";
import type { Resources } from "./resources";
import { resourceTypes } from "./resourceTypes";
import type { Settings } from "./settings";
import { revealAll } from "./values";
import type { Properties } from "./values";

/**
 * Answers a function of the SDK: `getClientConfig`, `getClientToken`, and `get<Type>` of every type there is.
 *
 * @throws an `Error` that names the function, for any other.
 */
export async function invoke(
  token: string,
  args: Properties,
  {
    settings,
    resourceManager,
    resources,
  }: { settings: Settings; resourceManager: ResourceManager; resources: Resources },
): Promise<Properties> {
  switch (token) {
    case "azure-native:authorization:getClientConfig": {
      const { clientId, subscriptionId, tenantId } = settings;
      return { clientId, subscriptionId, tenantId, objectId: objectIdIn(await resourceManager.token()) };
    }
    case "azure-native:authorization:getClientToken":
      return { token: await resourceManager.token() };
  }
  const type = resourceTypes[token.replace(/:get(\w+)$/, ":$1")];
  if (!type) {
    throw new Error(
      `azure-native stand-in: ${token} is not served; with Pulumi's own azure-native plugin it would be`,
    );
  }
  return resources.lookUp(type, revealAll(args));
}

function objectIdIn(accessToken: string): string {
  const claims = JSON.parse(
    Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString("utf8") || "{}",
  ) as {
    oid?: string;
  };
  return claims.oid ?? "";
}
