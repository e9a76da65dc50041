import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Emulator } from "../../../../emulator";
import { startEmulator } from "../../../../emulator";

type Variables = Readonly<Record<string, string>>;

/** An emulator to sign in to, and a folder for what a test writes. */
export class SignInWorld {
  readonly folder = mkdtempSync(path.join(tmpdir(), "sign-in-"));
  #tokenRequestsSeen = 0;

  private constructor(readonly emulator: Emulator) {}

  static async start(): Promise<SignInWorld> {
    return new SignInWorld(await startEmulator({ speed: 1000 }));
  }

  /** The variables that name the cloud, and those that name the identity; the client secret is in neither. */
  get cloud(): Variables {
    return this.#variables((name) => !/_(CLIENT_ID|CLIENT_SECRET|TENANT_ID|SUBSCRIPTION_ID)$/.test(name));
  }

  get identity(): Variables {
    return this.#variables((name) => /_(CLIENT_ID|TENANT_ID|SUBSCRIPTION_ID)$/.test(name));
  }

  /** One of the emulator's variables. */
  variable(name: string): string {
    return this.emulator.environment[name] ?? "";
  }

  /** Writes a file and says where it is. */
  file(name: string, contents: string | Buffer): string {
    const location = path.join(this.folder, name);
    writeFileSync(location, contents);
    return location;
  }

  /** The forms that the token endpoint was sent since the last call. */
  newTokenRequests(): URLSearchParams[] {
    const forms = this.emulator.exchanges
      .filter(({ method, url }) => method === "POST" && url.includes("/oauth2/v2.0/token"))
      .map(({ requestBody }) => new URLSearchParams(requestBody as Record<string, string>));
    const fresh = forms.slice(this.#tokenRequestsSeen);
    this.#tokenRequestsSeen = forms.length;
    return fresh;
  }

  /** A token that the emulator has issued to somebody, for those who would have one from elsewhere. */
  issuedToken(): string {
    const bodies = this.emulator.exchanges.map(
      ({ responseBody }) => responseBody as { access_token?: string } | undefined,
    );
    return bodies.find((body) => body?.access_token !== undefined)?.access_token ?? "";
  }

  async stop(): Promise<void> {
    await this.emulator.stop();
    rmSync(this.folder, { recursive: true });
  }

  #variables(wanted: (name: string) => boolean): Variables {
    return Object.fromEntries(Object.entries(this.emulator.environment).filter(([name]) => wanted(name)));
  }
}
