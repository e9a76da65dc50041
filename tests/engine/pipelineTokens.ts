import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FederatedCredential } from "../../emulator";
import { createKeyPair, signedToken } from "../emulator/signedToken";

/** The service where a job of GitHub Actions gets its tokens. */
export interface PipelineTokens {
  /** What the runner gives to a job with `id-token: write`. */
  readonly environment: Record<string, string>;
  /** The tokens that it gave out. */
  readonly issued: readonly string[];
  /** As the application is told to trust a subject's tokens. */
  credentialFor(subject: string): FederatedCredential;
  stop(): Promise<void>;
}

const issuer = "https://token.actions.githubusercontent.com";
const lifetimeInSeconds = 300;

/** Starts the service for a job whose tokens name a subject; it signs them, and gives them to those with the job's secret only. */
export async function startPipelineTokens(subject: string): Promise<PipelineTokens> {
  const jobSecret = randomUUID();
  const issued: string[] = [];
  const { privateKey, publicKey } = createKeyPair();

  const server = createServer(({ url = "", headers }, response) => {
    const audience = new URL(url, "http://localhost").searchParams.get("audience");
    if (headers.authorization !== `Bearer ${jobSecret}` || audience === null) {
      response.writeHead(401).end();
      return;
    }
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub: subject, aud: audience, nbf: now, exp: now + lifetimeInSeconds };
    const value = signedToken({ ...claims, jti: randomUUID() }, privateKey);
    issued.push(value);
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ value }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobSecret,
    },
    issued,
    credentialFor: (trusted) => ({ issuer, subject: trusted, publicKey }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
