import { createRequire } from "node:module";
import { withinTime } from "../azure/http/timeLimit";
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

/** An engine that lives answers at once; a display is not worth a longer wait. */
const longestDeliveryInMs = 5_000;

/**
 * The engine's log, in which a message can stand on a resource's own row. Dynamic providers are given none, but the engine's
 * address is the last argument of their host, and the host's own copy of the SDK speaks the protocol, in files that it does not
 * promise to keep. A log only serves display, so whatever keeps it from working is silence: no operation fails for it.
 *
 * @returns A log that does nothing when this process is not such a host.
 */
export function openEngineLog(argv: readonly string[] = process.argv): EngineLog {
  const address = engineAddressOf(argv);
  let send: Send | undefined;
  return async (...line) => {
    if (address === undefined) {
      return;
    }
    await withinTime(longestDeliveryInMs, async () => {
      send ??= connect(argv[1] ?? "", address);
      await send(...line);
    }).catch(() => undefined);
  };
}

type Send = (...line: Parameters<EngineLog>) => Promise<void>;

function connect(host: string, address: string): Send {
  const { EngineClient, LogRequest, createInsecure } = loadProtocol(host);
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
