import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import type { UpOptions } from "@pulumi/pulumi/automation";
import type { Emulator, Exchange } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { OpenStack } from "../../tools/engine/stack";
import { Estate } from "../wire/estate";
import { openExample, prepareExistingVault } from "./example";
import { describeWithPulumi } from "./withPulumi";

/** What would let a reader of an answer act: tokens, and what signs the URLs of operations. */
function secretsIn({ responseBody, responseHeaders }: Exchange): string[] {
  const { access_token: token } = (responseBody ?? {}) as { access_token?: string };
  const signed = Object.values(responseHeaders).flatMap(
    (value) => value.match(/(?<=[?&][csh]=)[^&]+/g) ?? [],
  );
  return token === undefined ? signed : [token, ...signed];
}

function textsIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => [
      path.join(parentPath, name),
      readFileSync(path.join(parentPath, name), "utf8"),
    ]),
  );
}

describeWithPulumi("a stack that is run with every log level on", (pulumi) => {
  let emulator: Emulator;
  let opened: OpenStack;
  let printed = "";
  const everything: UpOptions = {
    logToStdErr: true,
    logVerbosity: 11,
    logFlow: true,
    debug: true,
    onOutput: (text) => (printed += text),
    onError: (text) => (printed += text),
  };

  beforeAll(async () => {
    emulator = await startEmulator({ speed: 500 });
    const estate = await Estate.build(emulator);
    const config = await prepareExistingVault(estate);
    opened = await openExample("existingVault", { emulator, pulumiCommand: await pulumi(), config });
  });
  afterAll(async () => {
    await opened.close();
    await emulator.stop();
  });

  it("says and keeps no token, no secret and no signed URL: not in logs, errors, state, outputs or the emulator's log", async () => {
    const { stack } = opened;
    Object.assign(stack.workspace.envVars, { AZURE_LOG_LEVEL: "verbose", DEBUG: "azure*" });
    const wrongAnswer = { match: { method: "PUT", path: /backupInstances\/[^/]+$/ }, fault: "html" } as const;
    emulator.control.injectFault(wrongAnswer);
    const failure = await stack.up(everything).then(
      () => "no failure",
      (error: Error) => error.message,
    );
    expect(failure).toContain("text that is not JSON");
    const { outputs } = await stack.up(everything);
    await stack.refresh(everything);
    const state = JSON.stringify(await stack.exportStack());
    const files = textsIn(opened.folder);
    await stack.destroy(everything);

    const secrets = new Set([
      emulator.environment.ARM_CLIENT_SECRET ?? "",
      ...emulator.exchanges.flatMap(secretsIn),
    ]);
    expect(secrets.size).toBeGreaterThan(5);
    expect(printed.length).toBeGreaterThan(100_000);
    const texts = new Map([
      ...files,
      ["what was printed", printed],
      ["the error", failure],
      ["the outputs", JSON.stringify(outputs)],
      ["the state", state],
      ["the emulator's log", readFileSync(emulator.logFile, "utf8")],
    ]);
    const leaks = [...texts].flatMap(([where, text]) =>
      [...secrets]
        .filter((secret) => secret !== "" && text.includes(secret))
        .map((secret) => `${where}: ${secret.slice(0, 12)}`),
    );
    expect(leaks).toEqual([]);
  }, 300_000);
});
