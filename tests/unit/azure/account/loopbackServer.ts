import type { IncomingMessage } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type LoopbackRequest = Pick<IncomingMessage, "method" | "url" | "headers">;
export interface LoopbackAnswer {
  status: number;
  body: unknown;
}

/** A plain HTTP server on this machine that answers as the test says and keeps what it was asked. */
export interface LoopbackServer {
  readonly url: string;
  readonly requests: readonly LoopbackRequest[];
  answer: LoopbackAnswer | ((request: LoopbackRequest) => LoopbackAnswer);
  stop(): Promise<void>;
}

export async function startLoopbackServer(): Promise<LoopbackServer> {
  const requests: LoopbackRequest[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    requests.push({ method, url, headers });
    const { answer } = started;
    const { status, body } = typeof answer === "function" ? answer({ method, url, headers }) : answer;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
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
