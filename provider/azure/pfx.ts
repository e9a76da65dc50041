import type { asn1, pkcs12 } from "node-forge";

/** What a .pfx file holds, in DER: the key as PKCS#8, the certificates in the order of the file. */
export interface PfxContents {
  readonly key: Buffer;
  readonly certificates: readonly Buffer[];
}

/**
 * Opens a .pfx (PKCS#12) file. Node can use one for TLS but never hands out its key, hence node-forge; it is loaded
 * here because only this one method needs it.
 */
export async function readPfx(contents: Buffer, password: string | undefined): Promise<PfxContents> {
  const { default: forge } = await import("node-forge");
  const file = open();
  const keys = [...bags(forge.pki.oids.pkcs8ShroudedKeyBag), ...bags(forge.pki.oids.keyBag)];
  const key = keys.map(keyToAsn1).find((value) => value !== undefined);
  if (key === undefined) {
    throw new Error("it holds no private key");
  }
  const certificates = bags(forge.pki.oids.certBag).map(({ cert, asn1: raw }) =>
    cert ? forge.pki.certificateToAsn1(cert) : raw,
  );
  return { key: toDer(key), certificates: certificates.map(toDer) };

  function open(): pkcs12.Pkcs12Pfx {
    const file = forge.asn1.fromDer(forge.util.createBuffer(contents.toString("latin1")));
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

  function bags(bagType: string | undefined): readonly pkcs12.Bag[] {
    return (bagType !== undefined && file.getBags({ bagType })[bagType]) || [];
  }

  function keyToAsn1({ key, asn1: raw }: pkcs12.Bag): asn1.Asn1 | undefined {
    return key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : raw;
  }

  function toDer(value: asn1.Asn1): Buffer {
    return Buffer.from(forge.asn1.toDer(value).getBytes(), "latin1");
  }
}
