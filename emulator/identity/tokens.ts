import { createHmac, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { Clock } from "../clock";
import type { Caller } from "./callers";
import type { FederatedCredential } from "./federatedCredentials";

const lifetimeInSeconds = 3600;

/** What a token says about itself. */
export interface Claims {
  aud: string;
  iss: string;
  oid: string;
  tid: string;
  appid: string;
  exp: number;
}

export type Verdict =
  { ok: true; claims: Claims } | { ok: false; reason: "malformed" | "expired"; claims?: Claims };

/** Issues and verifies access tokens, signed with a key that dies with the process. */
export class TokenIssuer {
  /** By client id. */
  private readonly secrets = new Map<string, string>();
  private readonly key = randomBytes(32);

  constructor(
    private readonly clock: Clock,
    /** Whose assertions are taken. None: anybody's, unchecked. */
    readonly federatedCredentials: readonly FederatedCredential[],
  ) {}

  /** The secret of an application, which lives as long as the process. */
  secretOf(clientId: string): string {
    const secret = this.secrets.get(clientId) ?? randomBytes(24).toString("base64url");
    this.secrets.set(clientId, secret);
    return secret;
  }

  /** An access token of `tenantId` for `audience`, and how long it lasts. */
  issue(
    caller: Caller,
    audience: string,
    origin: string,
    tenantId: string,
  ): { accessToken: string; expiresInSeconds: number } {
    const issuedAt = Math.floor(this.clock() / 1000);
    const header = encode({ typ: "JWT", alg: "HS256" });
    const payload = encode({
      aud: audience,
      iss: `${origin}/${tenantId}/v2.0`,
      iat: issuedAt,
      nbf: issuedAt,
      exp: issuedAt + lifetimeInSeconds,
      appid: caller.clientId,
      appidacr: "1",
      idtyp: "app",
      oid: caller.id,
      sub: caller.id,
      tid: tenantId,
      uti: randomUUID(),
      ver: "1.0",
    });
    const signature = this.sign(`${header}.${payload}`).toString("base64url");
    return { accessToken: `${header}.${payload}.${signature}`, expiresInSeconds: lifetimeInSeconds };
  }

  verify(token: string): Verdict {
    const [header, payload, signature, ...rest] = token.split(".");
    if (!header || !payload || !signature || rest.length > 0) {
      return { ok: false, reason: "malformed" };
    }
    const expected = this.sign(`${header}.${payload}`);
    const given = Buffer.from(signature, "base64url");
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return { ok: false, reason: "malformed" };
    }
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Claims;
    return claims.exp * 1000 <= this.clock()
      ? { ok: false, reason: "expired", claims }
      : { ok: true, claims };
  }

  private sign(text: string): Buffer {
    return createHmac("sha256", this.key).update(text).digest();
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
