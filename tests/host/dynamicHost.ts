import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { providerText } from "../../provider/resources/providerText";

type Properties = Record<string, unknown>;

/** A failure after the service had accepted the resource: the engine keeps what `properties` say. */
export interface InitializationFailure {
  id: string;
  properties: Properties;
  reasons: string[];
}

/** What the host answered instead of a result. */
export class HostError extends Error {
  constructor(
    message: string,
    readonly initializationFailure: InitializationFailure | undefined,
  ) {
    super(message);
  }
}

/** How a host is started. */
export interface HostOptions {
  /** Folder of the program. */
  folder: string;
  /** Variables besides those of this process. */
  environment: Readonly<Record<string, string>>;
  /** The stack's configuration, keys with their namespace. */
  config?: Record<string, string>;
  /** Where the engine listens, to which the provider sends messages. @default nobody listens */
  engineAddress?: string;
}

/** Pulumi's own host of dynamic providers, as the engine starts it, spoken to as the engine speaks to it. */
export class DynamicHost {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: ResourceProviderClient,
    /** All that the host printed, which the engine shows to people. */
    readonly printed: string[],
  ) {}

  static async start({
    folder,
    environment,
    config = {},
    engineAddress = "127.0.0.1:1",
  }: HostOptions): Promise<DynamicHost> {
    const main = require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [folder] });
    const child = spawn(process.execPath, [main, engineAddress], {
      cwd: folder,
      env: { ...process.env, PULUMI_NODEJS_PROJECT: "project", ...environment },
      stdio: "pipe",
    });
    const lines = createInterface({ input: child.stdout });
    const [port] = (await once(lines, "line")) as [string];
    const printed: string[] = [];
    lines.on("line", (line) => printed.push(line));
    createInterface({ input: child.stderr }).on("line", (line) => printed.push(line));
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const host = new DynamicHost(child, client, printed);
    const request = new messages.ConfigureRequest();
    request.setArgs(toStruct(config));
    await host.ask<messages.ConfigureResponse>((callback) => client.configure(request, callback));
    return host;
  }

  async check(
    news: object,
    olds: object = {},
  ): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }> {
    const request = new messages.CheckRequest();
    request.setOlds(toStruct(olds));
    request.setNews(toStruct({ __provider: providerText, ...news }));
    const response = await this.ask<messages.CheckResponse>((callback) =>
      this.client.check(request, callback),
    );
    return {
      inputs: fromStruct(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
    };
  }

  async diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: number; replaces: string[] }> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(toStruct(olds));
    request.setNews(toStruct(news));
    const response = await this.ask<messages.DiffResponse>((callback) => this.client.diff(request, callback));
    return { changes: response.getChanges(), replaces: response.getReplacesList() };
  }

  async create(inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const request = new messages.CreateRequest();
    request.setProperties(toStruct(inputs));
    const response = await this.ask<messages.CreateResponse>((callback) =>
      this.client.create(request, callback),
    );
    return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
  }

  async read(
    id: string,
    state: Properties,
  ): Promise<{ id: string; outputs: Properties; inputs: Properties }> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(toStruct(state));
    const response = await this.ask<messages.ReadResponse>((callback) => this.client.read(request, callback));
    return {
      id: response.getId(),
      outputs: fromStruct(response.getProperties()),
      inputs: fromStruct(response.getInputs()),
    };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(toStruct(olds));
    request.setNews(toStruct(news));
    const response = await this.ask<messages.UpdateResponse>((callback) =>
      this.client.update(request, callback),
    );
    return fromStruct(response.getProperties());
  }

  async delete(id: string, state: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(toStruct(state));
    await this.ask<unknown>((callback) => this.client.delete(request, callback));
  }

  async stop(): Promise<void> {
    this.child.kill("SIGINT");
    await this.end();
  }

  /** Closes the host's standard input, as the operating system does when the engine dies. */
  closeInput(): void {
    this.child.stdin?.end();
  }

  /** Resolves with the signal that ended the host, once it has ended. */
  async end(): Promise<NodeJS.Signals | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, "exit");
    }
    this.client.close();
    return this.child.signalCode;
  }

  private async ask<Response>(
    send: (callback: grpc.requestCallback<Response>) => unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      send((error, response) => {
        if (error !== null || response === undefined) {
          reject(toHostError(error));
        } else {
          resolve(response);
        }
      });
    });
  }
}

function toStruct(value: object): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, JavaScriptValue>);
}

function fromStruct(value: Struct | undefined): Properties {
  return value?.toJavaScript() ?? {};
}

function toHostError(error: grpc.ServiceError | null): HostError {
  const packed = error?.metadata.get("grpc-status-details-bin")[0];
  const details = packed === undefined ? [] : Status.deserializeBinary(packed as Buffer).getDetailsList();
  const failure = details
    .map((detail) =>
      detail.unpack(
        (bytes) => messages.ErrorResourceInitFailed.deserializeBinary(bytes),
        "pulumirpc.ErrorResourceInitFailed",
      ),
    )
    .find((unpacked) => unpacked !== null);
  return new HostError(
    error?.details ?? "the host answered nothing",
    failure && {
      id: failure.getId(),
      properties: fromStruct(failure.getProperties()),
      reasons: failure.getReasonsList(),
    },
  );
}
