/**
 * What `pulumi import` needs of a language host: it asks which packages the program needs, before it looks at the import
 * file. Pulumi's own host is part of the official download only, and a CLI that was built from its Go modules has none.
 */
const { Server, ServerCredentials } = require("@grpc/grpc-js");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const { GetRequiredPackagesResponse } = require("@pulumi/pulumi/proto/language_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");

const server = new Server();
server.addService(LanguageRuntimeService, {
  getPluginInfo: (_call, answer) => answer(null, new PluginInfo()),
  getRequiredPackages: (_call, answer) => answer(null, new GetRequiredPackagesResponse()),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  process.stdout.write(`${port}\n`);
});
