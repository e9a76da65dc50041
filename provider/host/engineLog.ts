import { createRequire } from "node:module";
import { engineAddressOf } from "./engineAddress";

/** How much a message matters; the numbers of the engine's own protocol (engine.proto, LogSeverity). */
const severities = { info: 1, warning: 2, error: 3 } as const;
export type Severity = keyof typeof severities;

/** Sends one message to the engine; resolves when the engine has it, or cannot be reached. */
export type EngineLog = (
  severity: Severity,
  message: string,
  urn: string,
  isEphemeral: boolean,
) => Promise<void>;

interface LogRequest {
  setSeverity(severity: number): void;
  setMessage(message: string): void;
  setUrn(urn: string): void;
  setEphemeral(isEphemeral: boolean): void;
}

interface Protocol {
  EngineClient: new (
    address: string,
    credentials: unknown,
  ) => { log(request: LogRequest, done: () => void): void };
  LogRequest: new () => LogRequest;
  createInsecure: () => unknown;
}

/**
 * The engine's log, in which a message can stand on a resource's own row. Dynamic providers are given none, but the engine's
 * address is the last argument of their host, and the host's own copy of the SDK speaks the protocol.
 *
 * @returns A log that does nothing when this process is not such a host.
 */
export function openEngineLog(argv: readonly string[] = process.argv): EngineLog {
  const address = engineAddressOf(argv);
  if (address === undefined) {
    return async () => undefined;
  }
  const { EngineClient, LogRequest, createInsecure } = loadProtocol(argv[1] ?? "");
  const client = new EngineClient(address, createInsecure());
  return async (severity, message, urn, isEphemeral) => {
    const request = new LogRequest();
    request.setSeverity(severities[severity]);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(isEphemeral);
    await new Promise<void>((resolve) => client.log(request, () => resolve()));
  };
}

function loadProtocol(host: string): Protocol {
  const load = createRequire(host);
  const { EngineClient } = load("@pulumi/pulumi/proto/engine_grpc_pb") as Pick<Protocol, "EngineClient">;
  const { LogRequest } = load("@pulumi/pulumi/proto/engine_pb") as Pick<Protocol, "LogRequest">;
  const { credentials } = load("@grpc/grpc-js") as { credentials: Pick<Protocol, "createInsecure"> };
  return { EngineClient, LogRequest, createInsecure: () => credentials.createInsecure() };
}
