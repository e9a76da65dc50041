import type { Cloud } from "./cloudMetadata";
import type { HttpGet } from "../http/httpGet";

/**
 * Why the identity library could not find the endpoints of a tenant. It says `endpoints_resolution_error` to a wrong
 * tenant, an untrusted certificate and a dead network alike (@azure/msal-node 5), so the same document is asked for once
 * more.
 *
 * @returns What was answered, or undefined when there is nothing wrong any more.
 */
export async function probeAuthority(
  cloud: Cloud,
  tenantId: string,
  get: HttpGet,
): Promise<string | undefined> {
  const url = `${cloud.authorityHost}/${tenantId}/v2.0/.well-known/openid-configuration`;
  try {
    const { status, body } = await get(url);
    return status === 200 ? undefined : (readDescription(body) ?? `${url} answered ${status}`);
  } catch (error) {
    return `${url}: ${(error as Error).message || String((error as NodeJS.ErrnoException).code)}`;
  }
}

function readDescription(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { error_description?: string } | null)?.error_description;
  } catch {
    return undefined;
  }
}
