import { execFileSync, spawnSync } from "node:child_process";
import { X509Certificate, createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as forge from "node-forge";
import { readClientCertificate } from "../../../../provider/azure/account/clientCertificate";

const password = "correct horse";

let folder: string;
let ownFingerprint: string;

function file(name: string): string {
  return path.join(folder, name);
}

/** A key pair and a certificate for it, written as `<name>.key` and `<name>.pem`. */
function issue(name: string): void {
  const { privateKey, publicKey } = forge.pki.rsa.generateKeyPair({ bits: 2048 });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = publicKey;
  certificate.serialNumber = "01";
  certificate.validity.notAfter = new Date(Date.now() + 86_400_000);
  certificate.setSubject([{ name: "commonName", value: name }]);
  certificate.setIssuer(certificate.subject.attributes);
  certificate.sign(privateKey, forge.md.sha256.create());
  writeFileSync(file(`${name}.key`), forge.pki.privateKeyToPem(privateKey));
  writeFileSync(file(`${name}.pem`), forge.pki.certificateToPem(certificate));
}

function writePfx(name: string, sealedWith: string | null, algorithm: "3des" | "aes256"): void {
  const key = forge.pki.privateKeyFromPem(readFileSync(file("own.key"), "utf8"));
  const chain = ["issuer.pem", "own.pem"].map((pem) =>
    forge.pki.certificateFromPem(readFileSync(file(pem), "utf8")),
  );
  const pfx = forge.pkcs12.toPkcs12Asn1(key, chain, sealedWith, { algorithm });
  writeFileSync(file(name), Buffer.from(forge.asn1.toDer(pfx).getBytes(), "latin1"));
}

/** What @azure/identity makes of the text: the key anywhere in it, and the first certificate's fingerprint. */
async function open(
  name: string,
  withPassword?: string,
): Promise<{ ownFirst: boolean; certificates: number }> {
  const pem = await readClientCertificate(file(name), withPassword);
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const first = new X509Certificate(certificates[0] ?? "");
  const ownFirst = first.fingerprint256 === ownFingerprint && first.checkPrivateKey(createPrivateKey(pem));
  return { ownFirst, certificates: certificates.length };
}

describe("client certificate", () => {
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "client-certificate-"));
    issue("issuer");
    issue("own");
    ownFingerprint = new X509Certificate(readFileSync(file("own.pem"))).fingerprint256;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(["3des", "aes256"] as const)(
    "opens a .pfx sealed with %s, its own certificate first",
    async (algorithm) => {
      writePfx("sealed.pfx", password, algorithm);
      expect(await open("sealed.pfx", password)).toEqual({ ownFirst: true, certificates: 2 });
    },
  );

  it("opens a .pfx without a password, sealed with the empty text or with none", async () => {
    writePfx("empty.pfx", "", "3des");
    expect(await open("empty.pfx")).toEqual({ ownFirst: true, certificates: 2 });
    expect(await open("empty.pfx", "")).toEqual({ ownFirst: true, certificates: 2 });
    writePfx("none.pfx", null, "3des");
    expect(await open("none.pfx")).toEqual({ ownFirst: true, certificates: 2 });
  });

  it("opens PEM in any order, with an open or an encrypted key", async () => {
    const [issuer, own, key] = ["issuer.pem", "own.pem", "own.key"].map((name) =>
      readFileSync(file(name), "utf8"),
    );
    writeFileSync(file("open.pem"), `${issuer}${own}${key}`);
    expect(await open("open.pem")).toEqual({ ownFirst: true, certificates: 2 });
    const encrypted = createPrivateKey(key ?? "").export({
      format: "pem",
      type: "pkcs8",
      cipher: "aes-256-cbc",
      passphrase: password,
    });
    writeFileSync(file("encrypted.pem"), `${String(encrypted)}${own}`);
    expect(await open("encrypted.pem", password)).toEqual({ ownFirst: true, certificates: 1 });
    await expect(open("encrypted.pem", "wrong")).rejects.toThrow("failed to parse certificate from");
  });

  const opensslMissing = spawnSync("openssl", ["version"]).error;
  const opensslIt = opensslMissing ? it.skip : it;
  const flavours = [[], ["-legacy"], ["-keypbe", "NONE", "-certpbe", "NONE"]];
  opensslIt.each(flavours)(
    `opens a .pfx by OpenSSL %s%s %s%s${opensslMissing ? " (no openssl here)" : ""}`,
    async (...flags) => {
      const inputs = ["-inkey", file("own.key"), "-in", file("own.pem"), "-certfile", file("issuer.pem")];
      const output = ["-passout", `pass:${password}`, "-out", file("openssl.pfx")];
      execFileSync("openssl", ["pkcs12", "-export", ...flags, ...inputs, ...output], { stdio: "ignore" });
      expect(await open("openssl.pfx", password)).toEqual({ ownFirst: true, certificates: 2 });
    },
  );

  describe("says as azure-native that the file is not valid, and never says the password", () => {
    const faults: readonly [name: string, message: string][] = [
      ["absent.pfx", "failed to read certificate from"],
      ["sealed.pfx", "failed to parse certificate from"],
      ["noise.pfx", "failed to parse certificate from"],
      ["own.pem", "failed to parse certificate from"],
      ["own.key", "no certificates found in"],
      ["mixed.pem", "no certificate of the key in"],
    ];
    it.each(faults)("%s: %s", async (name, message) => {
      writeFileSync(file("noise.pfx"), "noise");
      const mixed = ["own.key", "issuer.pem"].map((part) => readFileSync(file(part), "utf8"));
      writeFileSync(file("mixed.pem"), mixed.join(""));
      const shown = await readClientCertificate(file(name), "wrong horse").catch(
        (error: Error) => error.message,
      );
      expect(shown).toContain(`the Client Certificate Path is not a valid pfx file: ${message}`);
      expect(shown).toContain("azure-native:clientCertificatePassword (ARM_CLIENT_CERTIFICATE_PASSWORD)");
      expect(shown).not.toContain("wrong horse");
    });
  });
});
