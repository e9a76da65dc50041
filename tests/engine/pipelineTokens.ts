import { randomUUID } from "node:crypto";
import type { FederatedCredential } from "../../emulator";
import { createKeyPair, signedToken } from "../emulator/signedToken";
import { startLoopbackServer } from "../unit/azure/account/loopbackServer";

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

  const server = await startLoopbackServer();
  server.answer = ({ url = "", headers }) => {
    const audience = new URL(url, server.url).searchParams.get("audience");
    if (headers.authorization !== `Bearer ${jobSecret}` || audience === null) {
      return { status: 401, body: { message: "Unauthorized" } };
    }
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub: subject, aud: audience, nbf: now, exp: now + lifetimeInSeconds };
    const value = signedToken({ ...claims, jti: randomUUID() }, privateKey);
    issued.push(value);
    return { status: 200, body: { value } };
  };

  return {
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: jobSecret,
    },
    issued,
    credentialFor: (trusted) => ({ issuer, subject: trusted, publicKey }),
    stop: () => server.stop(),
  };
}
