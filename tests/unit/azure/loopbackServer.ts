import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A plain HTTP server on this machine that answers as the test says and keeps what it was asked. */
export interface LoopbackServer {
  readonly url: string;
  readonly requests: readonly Pick<IncomingMessage, "method" | "url" | "headers">[];
  answer: { status: number; body: unknown };
  stop(): Promise<void>;
}

export async function startLoopbackServer(): Promise<LoopbackServer> {
  const requests: Pick<IncomingMessage, "method" | "url" | "headers">[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    requests.push({ method, url, headers });
    response.writeHead(started.answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify(started.answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const started: LoopbackServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: { status: 200, body: {} },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return started;
}
