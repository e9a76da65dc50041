/**
 * A workspace of the Automation API in a process of its own. Programs run in here too, and when an engine dies under them
 * they leave promises behind that fail with nobody listening: the tests are to have nothing of that.
 */
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { programFromModule } from "../../dist/tools/engine/programFromModule.js";

const stacks = new Map();

process.on("unhandledRejection", () => undefined);
process.setMaxListeners(0); // each program adds one for as long as it runs, and those of dead engines never end
process.once("message", ({ settings, cliRoot, programFile }) => {
  const program = programFromModule(programFile);
  process.on("message", ({ callId, stackName, method, parameters }) => {
    const onOutput = (output) => process.send({ callId, output });
    const called =
      method === "declare"
        ? declare(settings, cliRoot, program, stackName, parameters)
        : stacks.get(stackName)[method]({ ...parameters, onOutput });
    called.then(
      (result) => process.send({ callId, result: result ?? null }),
      (error) => process.send({ callId, error: error.message }),
    );
  });
});

async function declare(settings, cliRoot, program, stackName, config) {
  if (!stacks.has(stackName)) {
    const pulumiCommand = await PulumiCommand.get(cliRoot ? { root: cliRoot } : {});
    const projectName = settings.projectSettings.name;
    const args = { stackName, projectName, program };
    stacks.set(stackName, await LocalWorkspace.createOrSelectStack(args, { ...settings, pulumiCommand }));
  }
  await stacks.get(stackName).setAllConfig(config);
}
