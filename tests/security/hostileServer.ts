import { createServer as createHttpServer } from "node:http";
import type { IncomingHttpHeaders, RequestListener, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createCertificate } from "../../emulator";

/** A server on this machine that answers as a test says, and keeps what was sent to it. */
export interface HostileServer {
  origin: string;
  /** The headers of each request. */
  received: IncomingHttpHeaders[];
  answer: (response: ServerResponse) => void;
  stop(): void;
}

/** @param protocol - `https:` has a certificate that nobody trusts. */
export async function startHostileServer(protocol: "http:" | "https:" = "http:"): Promise<HostileServer> {
  const started: HostileServer = {
    origin: "",
    received: [],
    answer: (response) => void response.writeHead(200).end("{}"),
    stop: () => undefined,
  };
  const listener: RequestListener = ({ headers }, response) => {
    started.received.push(headers);
    started.answer(response);
  };
  const server = protocol === "http:" ? createHttpServer(listener) : createHttpsServer(untrusted(), listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  started.origin = `${protocol}//127.0.0.1:${(server.address() as AddressInfo).port}`;
  started.stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return started;
}

function untrusted(): { key: string; cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "untrusted-"));
  const { certificate, privateKey } = createCertificate(folder);
  rmSync(folder, { recursive: true });
  return { key: privateKey, cert: certificate };
}
