import { SettingsError } from "./settings";

/**
 * Checks the address of a service and drops its trailing slashes.
 *
 * Plain http is accepted for this machine only: tokens and secrets go to these addresses.
 *
 * @param source - Where the address comes from, for the message.
 */
export function parseEndpoint(address: string, source: string): string {
  const url = parseUrl(address);
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new SettingsError(`reading ${source}: '${address}' is not an address. Write it as https://<host>.`);
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw new SettingsError(
      `reading ${source}: '${address}' would send tokens unencrypted over the network. ` +
        `Write it with https; plain http is accepted for localhost only.`,
    );
  }
  return address.trim().replace(/\/+$/, "");
}

function parseUrl(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** `URL` has brought the host into its one canonical form: 127.1 is 127.0.0.1 by now, and [0:0::1] is [::1]. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
