import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { OpenStack } from "../../tools/engine/stack";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { Estate } from "../wire/estate";
import { openExample } from "./example";
import { startPipelineTokens } from "./pipelineTokens";
import type { PipelineTokens } from "./pipelineTokens";
import { describeWithPulumi } from "./withPulumi";

const workflowFile = path.resolve(__dirname, "../../examples/continuousIntegration/workflow.yml");
const mainBranch = "repo:team/stacks:ref:refs/heads/main";

describeWithPulumi("the example continuousIntegration, in a job of GitHub Actions", (pulumi) => {
  let tokens: PipelineTokens;
  let emulator: Emulator | undefined;
  let opened: OpenStack | undefined;

  beforeEach(async () => {
    tokens = await startPipelineTokens(mainBranch);
  });
  afterEach(async () => {
    await opened?.close();
    await emulator?.stop();
    await tokens.stop();
  });

  it("signs in with the job's own tokens, which the application trusts, and with nothing else", async () => {
    const stack = await openJob(mainBranch);
    const { exchanges, remainingResourceIds } = emulator!;
    const before = remainingResourceIds();
    const from = exchanges.length;

    expect((await stack.up()).outputs.protectionState?.value).toBe("ProtectionConfigured");
    expect(Object.keys((await stack.up()).summary.resourceChanges ?? {})).toEqual(["same"]);
    await stack.destroy();

    expect(remainingResourceIds()).toEqual(before);
    const logins = exchanges.slice(from).filter(({ url }) => url.includes("/oauth2/v2.0/token"));
    const forms = logins.map(({ requestBody }) => requestBody as Record<string, string>);
    const assertions = forms.map((form) => form.client_assertion);
    expect(tokens.issued).toEqual(expect.arrayContaining(assertions));
    expect(new Set(assertions).size).toBe(["up", "up", "destroy"].length);
    expect(forms.filter((form) => "client_secret" in form)).toEqual([]);
  }, 120_000);

  it("is refused for a branch that the application does not trust, and told what to add", async () => {
    const stack = await openJob("repo:team/stacks:pull_request");
    await expect(stack.up()).rejects.toThrow(
      new RegExp(
        `AADSTS700213: No matching federated identity record found for presented assertion subject '${mainBranch}'` +
          "[^]*Add a federated credential to the application whose subject matches the OIDC token",
      ),
    );
  }, 120_000);

  /** The stack in the environment that the workflow and the runner give to the job. */
  async function openJob(trustedSubject: string): Promise<OpenStack["stack"]> {
    emulator = await startEmulator({
      speed: 500,
      federatedCredentials: [tokens.credentialFor(trustedSubject)],
    });
    const estate = await Estate.build(emulator);
    const { vaultId, policyIds, diskId } = estate;
    const principalId = await estate.principalId();
    const config = { vaultId, principalId, location: "westeurope", policyId: policyIds.disk, diskId };
    const environment = {
      ARM_CLIENT_SECRET: "",
      ...workflowVariables(emulator.environment),
      ...tokens.environment,
    };
    const pulumiCommand = await pulumi();
    opened = await openExample("continuousIntegration", { emulator, environment, pulumiCommand, config });
    return opened.stack;
  }
});

/** The variables of Azure that the workflow sets, with values for those of the repository's settings. */
function workflowVariables(settings: Readonly<Record<string, string>>): Record<string, string> {
  const workflow = readFileSync(workflowFile, "utf8");
  const lines = [...workflow.matchAll(/^ {2}(ARM_\w+): (?:"(.*)"|\$\{\{ vars\.(\w+) \}\})$/gm)];
  return Object.fromEntries(
    lines.map(([, name = "", value, setting = ""]) => [name, value ?? settings[setting] ?? ""]),
  );
}
