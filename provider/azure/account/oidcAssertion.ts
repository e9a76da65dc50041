import { readFile } from "node:fs/promises";
import { parseEndpoint } from "./endpoint";
import { httpGet } from "../http/httpGet";
import type { HttpAnswer, HttpGet } from "../http/httpGet";
import { describeSetting } from "./settings";
import type { AzureSettings } from "./settings";

const defaultAudience = "api://AzureADTokenExchange";

/** Gives the token of the outside identity provider, each time the identity service is asked for one of its own. */
export type Assertion = () => Promise<string>;

/** The source of OIDC tokens that the settings choose: a token, then a file, then an address to ask. */
export function oidcAssertion(settings: AzureSettings, get: HttpGet = httpGet): Assertion {
  const { oidcToken, oidcTokenFilePath, oidcRequestUrl, oidcRequestToken, oidcAudience } = settings;
  if (oidcToken !== undefined) {
    return () => Promise.resolve(oidcToken);
  }
  if (oidcTokenFilePath !== undefined) {
    return () => readTokenFile(oidcTokenFilePath);
  }
  const url = addAudience(oidcRequestUrl ?? "", oidcAudience ?? defaultAudience);
  return () => requestToken(url, oidcRequestToken ?? "", get);
}

/** Read anew each time: whoever writes the file replaces the token before it expires. */
async function readTokenFile(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    throw new Error(`failed to read OIDC token from ${path}: ${(error as Error).message}`);
  }
}

function addAudience(requestUrl: string, audience: string): string {
  const url = new URL(parseEndpoint(requestUrl, describeSetting("oidcRequestUrl")));
  url.searchParams.set("audience", audience);
  return url.href;
}

async function requestToken(url: string, bearerToken: string, get: HttpGet): Promise<string> {
  const { status, body } = await ask(url, bearerToken, get);
  if (status < 200 || status > 299) {
    throw new Error(`GitHub OIDC: ${status} with response: ${body}`);
  }
  const token = readValue(body);
  if (!token) {
    throw new Error(`GitHub OIDC: cannot unmarshal response: it is not JSON with a token as its "value"`);
  }
  return token;
}

async function ask(url: string, bearerToken: string, get: HttpGet): Promise<HttpAnswer> {
  try {
    return await get(url, {
      Accept: "application/json",
      Authorization: `Bearer ${bearerToken}`,
      "Content-Type": "application/x-www-form-urlencoded",
    });
  } catch (error) {
    throw new Error(`GitHub OIDC: couldn't request token: ${(error as Error).message}`);
  }
}

function readValue(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { value?: string } | null)?.value;
  } catch {
    return undefined;
  }
}
