import { createServer } from "node:https";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Certificate } from "./certificate";
import type { Answer } from "./message";

const maximumBodyInBytes = 4 * 1024 * 1024;

/** A request as it came off the wire. */
export interface RawRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  bodyText: string;
}

/** An answer as it goes on the wire. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  bodyText: string;
  /** What happens instead of sending it. */
  ending?: "reset" | "hang";
}

export interface Listener {
  readonly port: number;
  /** Refuses new connections; a request that has arrived is answered yet, on a connection that ends with it. */
  suspend: () => void;
  /** Accepts connections again, on the same port. */
  resume: () => Promise<void>;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and hands each request, read in full, to `respond`. */
export async function listen(
  port: number,
  certificate: Certificate,
  respond: (request: RawRequest) => RawAnswer,
): Promise<Listener> {
  const server = createServer(
    { cert: certificate.certificate, key: certificate.privateKey, maxHeaderSize: 64 * 1024 },
    (request, response) =>
      void serve(request, response, respond, () => server.listening).catch(() => response.destroy()),
  );
  server.keepAliveTimeout = 60_000;
  await open(server, port);
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    port: boundPort,
    suspend: () => void server.close(),
    resume: () => open(server, boundPort),
    close: () => close(server),
  };
}

function open(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  respond: (request: RawRequest) => RawAnswer,
  isListening: () => boolean,
): Promise<void> {
  let bodyText: string | undefined;
  try {
    bodyText = await readBody(request);
  } catch {
    return; // The client went away in the middle of its request.
  }
  if (bodyText === undefined) {
    response.writeHead(413, { Connection: "close" }).end();
    return;
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value!,
    ]),
  );
  const { method = "GET", url = "/" } = request;
  const answer = respond({ method, url, headers, bodyText });
  // A connection that is kept would outlive a suspension and serve the next request.
  response.shouldKeepAlive &&= isListening();
  send(response, answer, method);
}

function send(response: ServerResponse, answer: RawAnswer, method: string): void {
  if (answer.ending === "reset") {
    response.destroy();
  } else if (answer.ending === undefined) {
    const { status, headers, bodyText } = answer;
    const length = status === 204 ? {} : { "Content-Length": Buffer.byteLength(bodyText) };
    response.writeHead(status, { ...headers, ...length });
    response.end(method === "HEAD" ? undefined : bodyText);
  }
}

/** The whole body, or undefined when it is larger than anything that Resource Manager takes; it is read out anyway. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    chunks = size > maximumBodyInBytes ? [] : [...chunks, chunk as Buffer];
  }
  return size > maximumBodyInBytes ? undefined : Buffer.concat(chunks).toString("utf8");
}

/** An answer's body as text; absent bodies are empty. */
export function toText({ body }: Answer): string {
  return body === undefined ? "" : JSON.stringify(body);
}
