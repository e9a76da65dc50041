import { X509Certificate, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { asn1 } from "node-forge";

const validityInDays = 14;
const clockSkewInMs = 60 * 60 * 1000;

const objectIds = {
  commonName: "2.5.4.3",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  extendedKeyUsage: "2.5.29.37",
  serverAuthentication: "1.3.6.1.5.5.7.3.1",
};

/** A server certificate for 127.0.0.1 that is its own trust anchor, and signs nothing else. */
export interface Certificate {
  /** PEM, the only part that is written to disk. */
  file: string;
  /** The same, as PEM text. */
  certificate: string;
  /** PEM text (PKCS #8); it is never written to disk. */
  privateKey: string;
}

/**
 * Makes a new key and its certificate (RFC 5280), and writes the certificate to `certificate.pem` in the folder. The encoding
 * is node-forge's, the key is Node's: those of node-forge are RSA only, which takes a tenth of a second and more to make.
 */
export function createCertificate(folder: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const contents = contentsFor(publicKey);
  const signature = sign("sha256", toDer(contents), privateKey).toString("latin1");
  const der = toDer(sequence(contents, algorithm(), universal(asn1.Type.BITSTRING, `\x00${signature}`)));
  const certificate = new X509Certificate(der).toString();
  const file = join(folder, "certificate.pem");
  writeFileSync(file, certificate);
  return { file, certificate, privateKey: privateKey.export({ format: "pem", type: "pkcs8" }).toString() };
}

/** The part that is signed: version 3, serial number, algorithm, issuer, validity, subject, key, extensions. */
function contentsFor(publicKey: KeyObject): asn1.Asn1 {
  const from = new Date(Date.now() - clockSkewInMs);
  const until = new Date(Date.now() + validityInDays * 24 * 60 * 60 * 1000);
  return sequence(
    tagged(0, [universal(asn1.Type.INTEGER, "\x02")]),
    universal(asn1.Type.INTEGER, `\x01${randomBytes(15).toString("latin1")}`),
    algorithm(),
    localhost(),
    sequence(time(from), time(until)),
    localhost(),
    asn1.fromDer(publicKey.export({ format: "der", type: "spki" }).toString("latin1")),
    tagged(3, [sequence(...extensions())]),
  );
}

function extensions(): asn1.Asn1[] {
  const digitalSignature = universal(asn1.Type.BITSTRING, "\x07\x80");
  const names = sequence(tagged(2, "localhost"), tagged(7, "\x7f\x00\x00\x01"));
  return [
    critical(objectIds.basicConstraints, sequence()),
    critical(objectIds.keyUsage, digitalSignature),
    extension(objectIds.extendedKeyUsage, sequence(objectId(objectIds.serverAuthentication))),
    extension(objectIds.subjectAltName, names),
  ];
}

function algorithm(): asn1.Asn1 {
  return sequence(objectId(objectIds.ecdsaWithSha256));
}

function localhost(): asn1.Asn1 {
  const commonName = sequence(objectId(objectIds.commonName), universal(asn1.Type.UTF8, "localhost"));
  return sequence(universal(asn1.Type.SET, [commonName]));
}

function critical(id: string, value: asn1.Asn1): asn1.Asn1 {
  return extension(id, value, universal(asn1.Type.BOOLEAN, "\xff"));
}

function extension(id: string, value: asn1.Asn1, ...isCritical: asn1.Asn1[]): asn1.Asn1 {
  const encoded = universal(asn1.Type.OCTETSTRING, toDer(value).toString("latin1"));
  return sequence(objectId(id), ...isCritical, encoded);
}

function objectId(id: string): asn1.Asn1 {
  return universal(asn1.Type.OID, asn1.oidToDer(id).getBytes());
}

function time(date: Date): asn1.Asn1 {
  return universal(asn1.Type.UTCTIME, asn1.dateToUtcTime(date));
}

function sequence(...values: asn1.Asn1[]): asn1.Asn1 {
  return universal(asn1.Type.SEQUENCE, values);
}

function universal(type: asn1.Type, value: string | asn1.Asn1[]): asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, type, Array.isArray(value), value);
}

/** A value whose type is told by its place. */
function tagged(tag: number, value: string | asn1.Asn1[]): asn1.Asn1 {
  return asn1.create(asn1.Class.CONTEXT_SPECIFIC, tag, Array.isArray(value), value);
}

function toDer(value: asn1.Asn1): Buffer {
  return Buffer.from(asn1.toDer(value).getBytes(), "latin1");
}
