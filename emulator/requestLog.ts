import { closeSync, openSync, writeSync } from "node:fs";
import type { Exchange } from "./exchange";

const redacted = "[redacted]";
const secretHeaders = new Set(["authorization", "x-ms-authorization-auxiliary", "cookie"]);
const secretFields = new Set([
  "client_secret",
  "client_assertion",
  "access_token",
  "refresh_token",
  "assertion",
]);

/** One JSON line an exchange, without the secrets that would let a reader of the file act. */
export class RequestLog {
  private readonly descriptor: number;
  private open = true;

  constructor(readonly file: string) {
    this.descriptor = openSync(file, "a", 0o600);
  }

  append(exchange: Exchange): void {
    if (this.open) {
      writeSync(this.descriptor, `${JSON.stringify(redactExchange(exchange))}\n`);
    }
  }

  close(): void {
    if (this.open) {
      this.open = false;
      closeSync(this.descriptor);
    }
  }
}

function redactExchange(exchange: Exchange): Exchange {
  return {
    ...exchange,
    url: redactUrl(exchange.url),
    requestHeaders: redactHeaders(exchange.requestHeaders),
    responseHeaders: redactHeaders(exchange.responseHeaders),
    ...("requestBody" in exchange ? { requestBody: redactBody(exchange.requestBody) } : {}),
    ...("responseBody" in exchange ? { responseBody: redactBody(exchange.responseBody) } : {}),
  };
}

/** The signature of operation URLs stands in the parameters c, s and h; t is only a time. */
function redactUrl(url: string): string {
  return url.replace(/([?&][csh]=)[^&]*/g, `$1${redacted}`);
}

function redactHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secretHeaders.has(name.toLowerCase()) ? redacted : redactUrl(value),
    ]),
  );
}

function redactBody(body: unknown): unknown {
  if (Array.isArray(body)) {
    return body.map(redactBody);
  }
  if (typeof body !== "object" || body === null) {
    return body;
  }
  const isStorageKey = "keyName" in body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      secretFields.has(name) || (isStorageKey && name === "value") ? redacted : redactBody(value),
    ]),
  );
}
