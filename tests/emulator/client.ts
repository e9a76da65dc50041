import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import type { Emulator } from "../../emulator";

/** Parsed JSON, into which tests look freely. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Json;
}

/** A bare HTTPS client of an emulator, that trusts its certificate and signs in at its token endpoint. */
export class Client {
  private readonly agent: Agent;
  private token: string | undefined;

  constructor(
    readonly emulator: Emulator,
    readonly apiVersion = "2024-04-01",
    /** Default: the application of the emulator's environment. */
    private readonly credentials?: { clientId: string; clientSecret: string },
  ) {
    this.agent = new Agent({ ca: readFileSync(emulator.certificateFile), keepAlive: true, maxSockets: 20 });
  }

  /** One call of Resource Manager with a token; `path` gets the client's api-version unless it has one. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    this.token ??= await this.signIn();
    const url = path.startsWith("https:") ? path : `${this.emulator.url}${this.withApiVersion(path)}`;
    return this.send(method, url, body === undefined ? undefined : JSON.stringify(body), {
      Authorization: `Bearer ${this.token}`,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    });
  }

  get(path: string): Promise<Reply> {
    return this.call("GET", path);
  }

  put(path: string, body: unknown): Promise<Reply> {
    return this.call("PUT", path, body);
  }

  post(path: string, body?: unknown): Promise<Reply> {
    return this.call("POST", path, body);
  }

  delete(path: string): Promise<Reply> {
    return this.call("DELETE", path);
  }

  /** Posts a form to the token endpoint of `tenant`. */
  requestToken(form: Record<string, string>, tenant = this.emulator.tenantId): Promise<Reply> {
    const text = new URLSearchParams(form).toString();
    return this.send("POST", `${this.emulator.url}/${tenant}/oauth2/v2.0/token`, text, {
      "Content-Type": "application/x-www-form-urlencoded",
    });
  }

  /** The form that signs in with the emulator's secret. */
  secretForm(): Record<string, string> {
    const { environment } = this.emulator;
    return {
      grant_type: "client_credentials",
      client_id: this.credentials?.clientId ?? environment["ARM_CLIENT_ID"]!,
      client_secret: this.credentials?.clientSecret ?? environment["ARM_CLIENT_SECRET"]!,
      scope: `${environment["ARM_RESOURCE_MANAGER_AUDIENCE"]}/.default`,
    };
  }

  forgetToken(): void {
    this.token = undefined;
  }

  private async signIn(): Promise<string> {
    const { status, body } = await this.requestToken(this.secretForm());
    if (status !== 200) {
      throw new Error(`No token: ${JSON.stringify(body)}`);
    }
    return body.access_token as string;
  }

  private withApiVersion(path: string): string {
    return /[?&]api-version=/.test(path)
      ? path
      : `${path}${path.includes("?") ? "&" : "?"}api-version=${this.apiVersion}`;
  }

  async send(
    method: string,
    url: string,
    text?: string,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const { text: reply, ...rest } = await this.sendForText(method, url, text, headers);
    return { ...rest, body: reply === "" ? undefined : JSON.parse(reply) };
  }

  /** The same for answers that may not be JSON. */
  sendForText(
    method: string,
    url: string,
    text?: string,
    headers: Record<string, string> = {},
  ): Promise<Omit<Reply, "body"> & { text: string }> {
    return new Promise((resolve, reject) => {
      const [, host, port, path] = /^https:\/\/([^:/]+):(\d+)(.*)$/.exec(url)!;
      const outgoing = request({ method, host, port, path, headers, agent: this.agent }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () =>
          resolve({
            status: incoming.statusCode!,
            headers: incoming.headers as Record<string, string>,
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
      outgoing.on("error", reject);
      outgoing.end(text);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
