import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openEngineLog } from "../../../provider/host/engineLog";

let folder: string;
let argv: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "engine-log-"));
  argv = ["node", path.join(folder, "cmd", "dynamic-provider", "index.js"), "127.0.0.1:1"];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts files of the host's own copy of the SDK where it looks for them. */
function install(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, "node_modules", `${name}.js`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const request = `exports.LogRequest = class { setSeverity() {} setMessage() {} setUrn() {} setEphemeral() {} };`;
const sdk = {
  "@pulumi/pulumi/proto/engine_pb": request,
  "@pulumi/pulumi/proto/engine_grpc_pb": `exports.EngineClient = class { log(_, done) { done(); } };`,
  "@grpc/grpc-js": `exports.credentials = { createInsecure() {} };`,
};

describe("a log that cannot reach the engine is silent", () => {
  it.each<[situation: string, files: Record<string, string>]>([
    ["the SDK has moved its files", {}],
    ["the SDK has other files under these names", { ...sdk, "@pulumi/pulumi/proto/engine_pb": "" }],
    [
      "a setter has another name",
      { ...sdk, "@pulumi/pulumi/proto/engine_pb": "exports.LogRequest = class { setText() {} };" },
    ],
    [
      "the call throws",
      {
        ...sdk,
        "@pulumi/pulumi/proto/engine_grpc_pb":
          "exports.EngineClient = class { log() { throw new Error('no such method'); } };",
      },
    ],
    ["all is as it was", sdk],
  ])("%s", async (_, files) => {
    install(files);
    const log = openEngineLog(argv);
    await expect(log("warning", "something", "", false)).resolves.toBeUndefined();
    await expect(log("info", "something else", "", true)).resolves.toBeUndefined();
  });

  it("the engine never answers", async () => {
    install({
      ...sdk,
      "@pulumi/pulumi/proto/engine_grpc_pb": "exports.EngineClient = class { log() {} };",
    });
    jest.useFakeTimers();
    try {
      const said = openEngineLog(argv)("error", "something", "", false);
      await jest.advanceTimersByTimeAsync(60_000);
      await expect(said).resolves.toBeUndefined();
    } finally {
      jest.useRealTimers();
    }
  });
});
