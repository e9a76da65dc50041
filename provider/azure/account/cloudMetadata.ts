import { parseEndpoint } from "./endpoint";
import type { HttpGet } from "../http/httpGet";
import { asArray, asRecord, text } from "../json";
import { SettingsError, describeSetting } from "./settings";

/** Where one Azure cloud has its doors. Addresses have no trailing slash. */
export interface Cloud {
  /** The name as the Azure CLI spells it, such as `AzureCloud`. */
  readonly name: string;
  /** The identity service, such as `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** Resource Manager, such as `https://management.azure.com`. */
  readonly resourceManagerEndpoint: string;
  /** For whom tokens are asked. Kept as it was written: `https://host` and `https://host/` are two audiences. */
  readonly audience: string;
  /** Whether this is a cloud that Microsoft's identity libraries do not know by themselves. */
  readonly custom: boolean;
}

/**
 * Asks a Resource Manager for the addresses of its own cloud.
 *
 * @param metadataHost - The host, such as `management.local.azurestack.external`, or an address.
 * @see https://learn.microsoft.com/azure-stack/user/azure-stack-rest-api-use#get-the-endpoint
 */
export async function readCloudMetadata(metadataHost: string, get: HttpGet): Promise<Cloud> {
  const address = metadataHost.includes("://") ? metadataHost : `https://${metadataHost}`;
  const host = parseEndpoint(address, describeSetting("metadataHost"));
  const url = `${host}/metadata/endpoints?api-version=2022-09-01`;
  const metadata = parseMetadata(url, await ask(url, get));
  const { loginEndpoint, audiences } = asRecord(metadata.authentication);
  const audience = text(asArray(audiences)[0]);
  const [authority, resourceManager] = [text(loginEndpoint), text(metadata.resourceManager)];
  if (resourceManager === undefined || authority === undefined || audience === undefined) {
    throw failure(
      url,
      "the answer lacks resourceManager, authentication.loginEndpoint or authentication.audiences",
    );
  }
  return {
    name: text(metadata.name) ?? "custom",
    authorityHost: parseEndpoint(authority, `authentication.loginEndpoint of ${url}`),
    resourceManagerEndpoint: parseEndpoint(resourceManager, `resourceManager of ${url}`),
    audience,
    custom: true,
  };
}

async function ask(url: string, get: HttpGet): Promise<string> {
  const { status, body } = await get(url).catch((error: unknown) => {
    throw failure(url, error instanceof Error ? error.message : String(error));
  });
  if (status !== 200) {
    throw failure(url, `expected 200 OK but got ${status}`);
  }
  return body;
}

function parseMetadata(url: string, body: string): Record<string, unknown> {
  try {
    // azure-native expects a byte order mark here, so some cloud sends one.
    return asRecord(JSON.parse(body.replace(/^\uFEFF/, "")));
  } catch {
    throw failure(url, "the answer is not JSON");
  }
}

function failure(url: string, reason: string): SettingsError {
  return new SettingsError(
    `reading the cloud's endpoints from ${url}: ${reason}. Check ${describeSetting("metadataHost")}, ` +
      `or set activeDirectoryAuthorityHost, resourceManagerAudience and resourceManagerEndpoint instead.`,
  );
}
