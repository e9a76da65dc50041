import { generateKeyPairSync, sign } from "node:crypto";

/** The two halves of a key, in PEM. */
export interface KeyPair {
  privateKey: string;
  publicKey: string;
}

/** A new RSA key. */
export function createKeyPair(): KeyPair {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}

/** A JWT, signed by RS256. */
export function signedToken(claims: object, privateKey: string): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const text = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url")}`;
}
