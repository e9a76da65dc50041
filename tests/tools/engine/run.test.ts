import { spawn } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { CommandNotFoundError, run } from "../../../tools/engine/pulumiCli/run";

const node = process.execPath;
const sleeping = "setTimeout(() => {}, 60_000)";

describe("running a command", () => {
  it("gives exit code, output and error output", async () => {
    const script = "console.log('out'); console.error('err'); process.exit(3)";

    await expect(run(node, ["-e", script], { limitInSeconds: 30 })).resolves.toEqual({
      exitCode: 3,
      output: "out\n",
      errorOutput: "err\n",
    });
  });

  it("says when there is no such command", async () => {
    await expect(run("no-such-command", [], { limitInSeconds: 30 })).rejects.toBeInstanceOf(
      CommandNotFoundError,
    );
  });

  it("ends the command and its children at the limit", async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "run-test-"));
    const file = path.join(folder, "pid");
    const child = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(sleeping)}])`;
    const script = `require('fs').writeFileSync(${JSON.stringify(file)}, String(${child}.pid)); ${sleeping}`;

    await expect(run(node, ["-e", script], { limitInSeconds: 2 })).rejects.toThrow("was ended after 2 s");
    await expectEnded(Number(await fs.readFile(file, "utf8")));
    await fs.rm(folder, { recursive: true });
  });

  it("ends the command with the reason of an abort", async () => {
    const controller = new AbortController();
    const running = run(node, ["-e", sleeping], { limitInSeconds: 30, signal: controller.signal });
    controller.abort(new Error("nothing arrived for 10 s"));

    await expect(running).rejects.toThrow("nothing arrived for 10 s");
  });
});

/** A process that was killed takes a moment to disappear. */
async function expectEnded(processId: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const state = await stateOf(processId);
    if (state === undefined || state.startsWith("Z")) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`process ${processId} is still there`);
}

/** As `ps` shows it; undefined when there is no such process. */
async function stateOf(processId: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const ps = spawn("ps", ["-o", "stat=", "-p", String(processId)]);
    let text = "";
    ps.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
    ps.on("close", () => resolve(text.trim() || undefined));
  });
}
