/**
 * Runs one operation of a stack whose inline program is a consumer's, and answers with its result. It is started in the
 * program's folder and takes the Automation API from there: the program and the one who registers its resources must share
 * one copy of the Pulumi SDK.
 */
import { createRequire } from "node:module";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

const requireFromProgram = createRequire(path.join(process.cwd(), "package.json"));
const { LocalWorkspace, PulumiCommand } = requireFromProgram("@pulumi/pulumi/automation");

process.once("message", (request) => {
  run(request)
    .catch((error) => ({ error: error.message }))
    .then((answer) => process.send(answer, () => process.disconnect()));
});

async function run({ operation, cliRoot, settings, config, programFile, options, timeLimitInMs }) {
  const program = async () => {
    const exported = await import(pathToFileURL(programFile).href);
    const declared = exported.default ?? { ...exported };
    return typeof declared === "function" ? declared() : declared;
  };
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "dev", projectName: settings.projectSettings.name, program },
    { ...settings, pulumiCommand: await PulumiCommand.get(cliRoot ? { root: cliRoot } : {}) },
  );
  await stack.setAllConfig(config);
  try {
    const signal = timeLimitInMs === undefined ? undefined : AbortSignal.timeout(timeLimitInMs);
    const { outputs, summary, changeSummary } = await stack[operation]({ ...options, signal });
    return { result: { outputs, changes: summary?.resourceChanges ?? changeSummary } };
  } catch (error) {
    return { error: error.message, outputs: await stack.outputs() };
  }
}
