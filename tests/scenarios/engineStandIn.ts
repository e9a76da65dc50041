import { EventEmitter, once } from "node:events";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** How long a message may take from the host to here; only a row that misses one waits so long. */
const longestDeliveryInMs = 2_000;

/** What takes the provider's messages, as the engine does. Progress, which the next line replaces, is left out. */
export class EngineStandIn {
  readonly #said: string[] = [];
  readonly #arrivals = new EventEmitter();

  private constructor(
    private readonly server: grpc.Server,
    readonly address: string,
  ) {}

  static async start(): Promise<EngineStandIn> {
    const server = new grpc.Server();
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      ),
    );
    const engine = new EngineStandIn(server, `127.0.0.1:${port}`);
    server.addService(EngineService, {
      log: ({ request }: { request: LogRequest }, callback: grpc.sendUnaryData<Empty>) => {
        engine.#take(request);
        callback(null, new Empty());
      },
    });
    return engine;
  }

  /** The messages since the last call, once there are as many as expected. */
  async takeMessages(expectedCount: number): Promise<string[]> {
    const signal = AbortSignal.timeout(longestDeliveryInMs);
    while (this.#said.length < expectedCount && !signal.aborted) {
      await once(this.#arrivals, "message", { signal }).catch(() => undefined);
    }
    return this.#said.splice(0);
  }

  stop(): void {
    this.server.forceShutdown();
  }

  #take(request: LogRequest): void {
    if (!request.getEphemeral()) {
      const prefix = request.getSeverity() === LogSeverity.WARNING ? "warning: " : "";
      this.#said.push(`${prefix}${request.getMessage()}`);
      this.#arrivals.emit("message");
    }
  }
}
