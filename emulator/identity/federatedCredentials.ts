import { createPublicKey, verify } from "node:crypto";

/** An issuer of tokens elsewhere, such as a pipeline's, whose tokens are the client's credential: what Entra ID calls so. */
export interface FederatedCredential {
  /** The `iss` of the tokens, compared letter by letter, as all three are. */
  issuer: string;
  /** Their `sub`. */
  subject: string;
  /** Their `aud`. @default "api://AzureADTokenExchange" */
  audience?: string;
  /** The issuer's RSA key in PEM. Entra ID gets it from where the issuer's metadata point. */
  publicKey: string;
}

/** Why an assertion is refused, in the words of Entra ID. */
export interface AssertionRefusal {
  code: number;
  message: string;
}

const defaultAudience = "api://AzureADTokenExchange";
const ending =
  "Check your federated identity credential Subject, Audience and Issuer against the presented assertion. " +
  "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

/** @throws RangeError naming the credential whose key is none. */
export function checkPublicKeys(credentials: readonly FederatedCredential[]): void {
  for (const { subject, publicKey } of credentials) {
    if (!isRsaKey(publicKey)) {
      throw new RangeError(`The federated credential of '${subject}' must have an RSA public key in PEM.`);
    }
  }
}

function isRsaKey(publicKey: string): boolean {
  try {
    return createPublicKey(publicKey).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

/** The claims of an assertion; undefined where it is no JWT. */
export function readClaims(assertion: string): Record<string, unknown> | undefined {
  const parts = assertion.split(".");
  try {
    const claims = JSON.parse(Buffer.from(parts[1] ?? "", "base64url").toString()) as unknown;
    return parts.length === 3 && typeof claims === "object" && claims !== null
      ? (claims as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Judges an assertion by the credentials of the application.
 *
 * @param nowInSeconds - Since the epoch.
 * @returns undefined when one of the credentials matches and the assertion is genuine and in time.
 */
export function refuseAssertion(
  assertion: string,
  claims: Readonly<Record<string, unknown>>,
  credentials: readonly FederatedCredential[],
  nowInSeconds: number,
): AssertionRefusal | undefined {
  const { iss, sub, aud } = claims;
  const ofIssuer = credentials.filter(({ issuer }) => issuer === iss);
  if (ofIssuer.length === 0) {
    return noMatch(700211, "issuer", iss);
  }
  const ofSubject = ofIssuer.filter(({ subject }) => subject === sub);
  if (ofSubject.length === 0) {
    return noMatch(700213, "subject", sub);
  }
  const matching = ofSubject.filter(({ audience = defaultAudience }) => audience === aud);
  if (matching.length === 0) {
    return noMatch(700212, "audience", aud);
  }
  if (!matching.some(({ publicKey }) => isSignedWith(publicKey, assertion))) {
    return { code: 700027, message: "AADSTS700027: Client assertion failed signature validation." };
  }
  return isInTime(claims, nowInSeconds)
    ? undefined
    : { code: 700024, message: "AADSTS700024: Client assertion is not within its valid time range." };
}

function noMatch(code: number, claim: string, value: unknown): AssertionRefusal {
  const found = `No matching federated identity record found for presented assertion ${claim} '${String(value)}'.`;
  return { code, message: `AADSTS${code}: ${found} ${ending}` };
}

function isSignedWith(publicKey: string, assertion: string): boolean {
  const endOfClaims = assertion.lastIndexOf(".");
  const signature = Buffer.from(assertion.slice(endOfClaims + 1), "base64url");
  return verify("RSA-SHA256", Buffer.from(assertion.slice(0, endOfClaims)), publicKey, signature);
}

function isInTime({ nbf = 0, exp = 0 }: Readonly<Record<string, unknown>>, nowInSeconds: number): boolean {
  return Number(nbf) <= nowInSeconds && nowInSeconds < Number(exp);
}
