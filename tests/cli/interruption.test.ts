import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { RecoveryLandscape } from "../emulator/recovery/recoveryLandscape";

const command = path.resolve(__dirname, "../../dist/cli/main.js");

/** A run of the built command, besides this process, which is the emulator's. */
function start(recovery: RecoveryLandscape, ...words: string[]) {
  const { environment } = recovery.landscape.emulator;
  const child = spawn(process.execPath, [command, ...words], {
    env: { PATH: process.env["PATH"], ...environment },
  });
  const told = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (told.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (told.stderr += chunk.toString()));
  const ended = once(child, "close").then(([exitCode]) => ({ exitCode: exitCode as number, ...told }));
  return { child, ended };
}

describe("a run of the command that is interrupted", () => {
  let recovery: RecoveryLandscape;

  beforeEach(async () => {
    recovery = await RecoveryLandscape.start();
  });
  afterEach(() => recovery.stop());

  /** Resolves when the emulator, whose time stands still, has been asked that. */
  async function asked(method: string, url: RegExp, from = 0): Promise<void> {
    const { exchanges } = recovery.landscape.emulator;
    while (!exchanges.slice(from).some((one) => one.method === method && url.test(one.url))) {
      await pause(20);
    }
  }

  it("says what goes on in Azure, and the next one carries on from there", async () => {
    const instanceId = await recovery.protectDisk();
    const words = ["backup", "--vault-id", recovery.landscape.vaultId, "--instance", "data-1"];
    const first = start(recovery, ...words);
    await asked("POST", /\/backup\?/);
    recovery.landscape.passInSeconds(2);
    await asked("GET", /\/backupJobs\/[^/?]+\?/);
    first.child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await first.ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    expect(stderr).toMatch(
      /the backup goes on in Azure; `npx pulumi-azure-dataprotection jobs --job-id \S+ --follow` follows it\n$/,
    );

    const from = recovery.landscape.emulator.exchanges.length;
    const second = start(recovery, ...words);
    await asked("GET", /\/backupJobs\/[^/?]+\?/, from);
    recovery.landscape.passInSeconds(200);
    const done = await second.ended;
    const points = await recovery.pointsOf(instanceId);
    expect(points).toHaveLength(1);
    expect(done).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`recovery point ${points[0].name} of `),
    });
    expect(await recovery.jobsOf()).toHaveLength(1);
  });
});
