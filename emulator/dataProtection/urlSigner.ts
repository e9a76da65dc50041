import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";

const certificateLength = 2575;
const ticksAtUnixEpoch = 621_355_968_000_000_000n;

/**
 * Signs operation URLs as the service does since about 2024: t (ticks), c (certificate), s (signature) and h (hash)
 * make them longer than 3000 characters, and none may be altered (create_and_delete_blob 3).
 */
export class UrlSigner {
  private readonly key = randomBytes(32);
  private readonly certificate = `MII${randomBytes(certificateLength).toString("base64url")}`.slice(
    0,
    certificateLength,
  );

  /** The query string of the operation at `path`, without its question mark. */
  sign(path: string, apiVersion: string, now: number): string {
    const ticks = (BigInt(Math.floor(now)) * 10_000n + ticksAtUnixEpoch).toString();
    const { signature, hash } = this.seal(path, apiVersion, ticks);
    return `api-version=${apiVersion}&t=${ticks}&c=${this.certificate}&s=${signature}&h=${hash}`;
  }

  verify(path: string, query: URLSearchParams): boolean {
    const { signature, hash } = this.seal(path, query.get("api-version") ?? "", query.get("t") ?? "");
    return query.get("c") === this.certificate && query.get("s") === signature && query.get("h") === hash;
  }

  private seal(path: string, apiVersion: string, ticks: string): { signature: string; hash: string } {
    const text = `${path.toLowerCase()}?${apiVersion.toLowerCase()}&${ticks}`;
    const digest = createHmac("sha256", this.key).update(text).digest();
    return {
      signature: Buffer.from(hkdfSync("sha256", digest, "", "", 256)).toString("base64url"),
      hash: createHash("sha256").update(digest).digest("base64url"),
    };
  }
}
