import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import { describeWithPulumi } from "./withPulumi";

const compiledTests = path.resolve(__dirname, "../../dist/examples/testing/backups.test.js");

describeWithPulumi("the example testing", (_pulumi, cliRoot) => {
  it("passes with Node's own test runner, the CLI on PATH and nothing else", async () => {
    const cliFolder = cliRoot ? [path.join(cliRoot, "bin")] : [];
    const { NODE_OPTIONS: _nodeOptions, ...environment } = process.env;
    const env = { ...environment, PATH: [...cliFolder, process.env.PATH].join(path.delimiter) };
    const reporter = ["--test", "--test-reporter=tap"];
    const { stdout } = await promisify(execFile)(process.execPath, [...reporter, compiledTests], { env });
    expect(stdout).toMatch(/^# pass 3$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  }, 120_000);
});
