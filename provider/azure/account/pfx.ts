import * as forge from "node-forge";

/** What a .pfx file holds, in DER: the key as PKCS#8, the certificates in the order of the file. */
export interface PfxContents {
  readonly key: Buffer;
  readonly certificates: readonly Buffer[];
}

/** Opens a .pfx (PKCS#12) file. Node can use one for TLS but never hands out its key, hence node-forge. */
export function readPfx(contents: Buffer, password: string | undefined): PfxContents {
  const file = open(forge.asn1.fromDer(forge.util.createBuffer(contents.toString("latin1"))), password);
  const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids;
  const key = [...bagsOf(file, pkcs8ShroudedKeyBag), ...bagsOf(file, keyBag)].map(keyOf).find(Boolean);
  if (key === undefined) {
    throw new Error("it holds no private key");
  }
  const certificates = bagsOf(file, certBag).map(({ cert, asn1 }) =>
    cert ? forge.pki.certificateToAsn1(cert) : asn1,
  );
  return { key: toDer(key), certificates: certificates.map(toDer) };
}

function open(file: forge.asn1.Asn1, password: string | undefined): forge.pkcs12.Pkcs12Pfx {
  if (password !== undefined) {
    return forge.pkcs12.pkcs12FromAsn1(file, password);
  }
  try {
    return forge.pkcs12.pkcs12FromAsn1(file, "");
  } catch {
    // Without a password some writers seal with the empty text and others with no text at all: two different keys.
    return forge.pkcs12.pkcs12FromAsn1(file);
  }
}

function bagsOf(file: forge.pkcs12.Pkcs12Pfx, bagType = ""): readonly forge.pkcs12.Bag[] {
  return file.getBags({ bagType })[bagType] ?? [];
}

function keyOf({ key, asn1 }: forge.pkcs12.Bag): forge.asn1.Asn1 {
  return key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1;
}

function toDer(value: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(value).getBytes(), "latin1");
}
