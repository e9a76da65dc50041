import { createRequire } from "node:module";
import { revealAll } from "./values";
import type { Properties } from "./values";

/** What the engine configures a provider with: of the stack's `azure-native:*` for the default one, else its arguments. */
export type Configuration = Readonly<Record<string, string | undefined>>;

interface ConfigureCall {
  request: { getArgs(): { toJavaScript(): Properties } | undefined };
}
interface Implementation {
  configure: (call: ConfigureCall, callback: unknown) => void;
}
interface Grpc {
  Server: { prototype: { addService: (service: unknown, implementation: Implementation) => void } };
}

/**
 * Gives what the engine configures this process with. The SDK's server keeps it to itself (`provider/server.js`, 3.248.0), so
 * it is taken from the call before the SDK has it.
 */
export function takeConfiguration(): () => Configuration {
  let configuration: Configuration = {};
  const { Server } = createRequire(require.resolve("@pulumi/pulumi/provider"))("@grpc/grpc-js") as Grpc;
  const { prototype } = Server;
  const { addService } = prototype;
  prototype.addService = function (service, implementation) {
    const configure = implementation.configure.bind(implementation);
    implementation.configure = (call, callback) => {
      configuration = revealAll(call.request.getArgs()?.toJavaScript() ?? {}) as Configuration;
      configure(call, callback);
    };
    addService.call(this, service, implementation);
  };
  return () => configuration;
}
