import { X509Certificate, createPrivateKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type * as Pfx from "./pfx";
import { SettingsError, describeSetting } from "./settings";

const load = createRequire(__filename);

const pemCertificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Reads a certificate and its private key, from a .pfx file or from PEM, and gives them in the one form that
 * `@azure/identity` takes: PEM with an open key, the key's own certificate before those of its issuers.
 */
export async function readClientCertificate(path: string, password: string | undefined): Promise<string> {
  try {
    const contents = await readContents(path);
    const { key, certificates } = parse(path, contents, password);
    const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
    if (own === undefined) {
      throw new Error(
        certificates.length === 0
          ? `no certificates found in ${path}`
          : `no certificate of the key in ${path}`,
      );
    }
    const issuers = certificates.filter((certificate) => certificate !== own);
    return [key.export({ format: "pem", type: "pkcs8" }), ...[own, ...issuers].map(String)].join("\n");
  } catch (error) {
    throw new SettingsError(
      `the Client Certificate Path is not a valid pfx file: ${(error as Error).message}. ` +
        `Check ${describeSetting("clientCertificatePath")} and ${describeSetting("clientCertificatePassword")}.`,
    );
  }
}

async function readContents(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(`failed to read certificate from ${path}: ${(error as Error).message}`);
  }
}

interface CertificateWithKey {
  readonly key: KeyObject;
  readonly certificates: readonly X509Certificate[];
}

function parse(path: string, contents: Buffer, password: string | undefined): CertificateWithKey {
  try {
    const text = contents.toString("latin1");
    return text.includes("-----BEGIN ") ? parsePem(text, password) : parsePfx(contents, password);
  } catch (error) {
    throw new Error(`failed to parse certificate from ${path}: ${(error as Error).message}`);
  }
}

function parsePem(text: string, password: string | undefined): CertificateWithKey {
  return {
    key: createPrivateKey({ key: text, format: "pem", passphrase: password ?? "" }),
    certificates: (text.match(pemCertificate) ?? []).map((pem) => new X509Certificate(pem)),
  };
}

function parsePfx(contents: Buffer, password: string | undefined): CertificateWithKey {
  const { readPfx } = load("./pfx") as typeof Pfx;
  const { key, certificates } = readPfx(contents, password);
  return {
    key: createPrivateKey({ key, format: "der", type: "pkcs8" }),
    certificates: certificates.map((certificate) => new X509Certificate(certificate)),
  };
}
