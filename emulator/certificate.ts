import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";

const validityInDays = 14;
const clockSkewInMs = 60 * 60 * 1000;

/** A server certificate for 127.0.0.1 that is its own trust anchor, and signs nothing else. */
export interface Certificate {
  /** PEM, the only part that is written to disk. */
  file: string;
  certificate: string;
  privateKey: string;
}

export async function createCertificate(folder: string): Promise<Certificate> {
  const { cert, private: privateKey } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(Date.now() - clockSkewInMs),
    notAfterDate: new Date(Date.now() + validityInDays * 24 * 60 * 60 * 1000),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  const file = join(folder, "certificate.pem");
  writeFileSync(file, cert);
  return { file, certificate: cert, privateKey };
}
