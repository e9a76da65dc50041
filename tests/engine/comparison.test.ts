import * as fs from "node:fs";
import * as path from "node:path";
import type { UpResult } from "@pulumi/pulumi/automation";
import { openStack } from "../../tools/engine/stack";
import { programFromModule } from "../../tools/engine/programFromModule";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { signIn } from "../wire/signIn";
import { describeWithPulumi } from "./withPulumi";

const repository = path.resolve(__dirname, "../..");

/** Lines of code: neither empty nor a comment. */
function linesOf(program: string): number {
  const text = fs.readFileSync(path.join(repository, "examples/comparison", `${program}.ts`), "utf8");
  return text.split("\n").filter((line) => !/^\s*(\/\/.*|\/?\*.*)?$/.test(line)).length;
}

describe("the same backup, side by side", () => {
  it("takes as many lines as the README says", () => {
    const readme = fs.readFileSync(path.join(repository, "README.md"), "utf8");
    const told = (program: string): number =>
      Number(new RegExp(`examples/comparison/${program}\\.ts\\)\\D*(\\d+) lines`).exec(readme)?.[1]);
    const programs = ["thisPackage", "azureNativeAlone"];
    expect(programs.map(told)).toEqual(programs.map(linesOf));
  });
});

describeWithPulumi("the same backup, deployed", (pulumi) => {
  /** Deploys a program, and tells what the service says of its backup instance when the update has ended. */
  async function stateAfter(program: string, durationsInMs = {}): Promise<{ up: UpResult; state: string }> {
    const emulator = await startEmulator({ speed: 500, durationsInMs });
    const opened = await openStack({
      emulator,
      pulumiCommand: await pulumi(),
      stackName: "dev",
      program: programFromModule(path.join(repository, `dist/examples/comparison/${program}.js`)),
      programFolder: repository,
    });
    try {
      const up = await opened.stack.up();
      return { up, state: await protectionState(emulator, up.outputs.backupInstanceId?.value as string) };
    } finally {
      await opened.close();
      await emulator.stop();
    }
  }

  async function protectionState(emulator: Emulator, instanceId: string): Promise<string> {
    const http = await signIn(emulator);
    const { data } = await http.get(`${instanceId}?api-version=2025-07-01`);
    return data.properties.currentProtectionState as string;
  }

  it("ends protected with this package", async () => {
    const { up, state } = await stateAfter("thisPackage");
    expect(up.outputs.protectionState?.value).toBe("ProtectionConfigured");
    expect(state).toBe("ProtectionConfigured");
  }, 120_000);

  it("ends green and unprotected with azure-native alone, while the roles do not count yet", async () => {
    const { up, state } = await stateAfter("azureNativeAlone", { rolePropagation: 30 * 60_000 * 500 });
    expect(up.summary.result).toBe("succeeded");
    expect(state).not.toBe("ProtectionConfigured");
  }, 120_000);
});
