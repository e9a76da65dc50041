import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const main = resolve(__dirname, "../../dist/cli/main.js");

describe("the command emulator", () => {
  let folder: string;
  let temporary: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-process-"));
    temporary = mkdtempSync(join(folder, "temporary-"));
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map(stop));
    rmSync(folder, { recursive: true });
  });

  function run(...words: string[]): ChildProcess {
    const child = spawn(process.execPath, [main, "emulator", ...words], {
      env: { ...process.env, TMPDIR: temporary },
    });
    children.push(child);
    return child;
  }

  /** The variables that it prints: all are there once it listens. */
  async function variablesOf(child: ChildProcess): Promise<Record<string, string>> {
    const variables: Record<string, string> = {};
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const [, name = "", value = ""] = /^(\w+)=(.*)$/.exec(line) ?? [];
      variables[name] = value;
    });
    for await (const line of createInterface({ input: child.stderr! })) {
      if (line === "Ctrl-C stops it.") {
        break;
      }
    }
    return variables;
  }

  async function stop(child: ChildProcess): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    }
    return child.exitCode;
  }

  it("prints what to export, and leaves nothing behind when it is stopped", async () => {
    const emulator = run();
    const { ARM_RESOURCE_MANAGER_ENDPOINT, SSL_CERT_FILE, ...others } = await variablesOf(emulator);
    expect(ARM_RESOURCE_MANAGER_ENDPOINT).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(Object.keys(others)).not.toContain("");
    expect([existsSync(SSL_CERT_FILE!), readdirSync(temporary).length]).toEqual([true, 1]);
    expect(await stop(emulator)).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("keeps its request log in a folder of one's own", async () => {
    const mine = join(folder, "mine");
    const emulator = run("--folder", mine);
    await variablesOf(emulator);
    await stop(emulator);
    expect(readdirSync(mine)).toEqual(["certificate.pem", "requests.jsonl"]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  /** What it says on standard error until it ends by itself. */
  async function lastWordsOf(child: ChildProcess): Promise<string> {
    const told: string[] = [];
    child.stderr!.on("data", (text: Buffer) => told.push(text.toString()));
    await once(child, "close");
    return told.join("");
  }

  it("tells plainly that its port is taken, and leaves nothing behind", async () => {
    const mine = join(folder, "mine");
    const { ARM_RESOURCE_MANAGER_ENDPOINT } = await variablesOf(run("--folder", mine));
    const late = run("--port", new URL(ARM_RESOURCE_MANAGER_ENDPOINT!).port);
    expect(await lastWordsOf(late)).toBe(
      "The port is taken by another process; choose another with --port N.\n",
    );
    expect([late.exitCode, readdirSync(temporary)]).toEqual([1, []]);
  });

  it("tells a mistake on its command line in one line, and where its options are listed", async () => {
    const mistaken = run("--verbose");
    expect(await lastWordsOf(mistaken)).toBe(
      "Unknown option '--verbose'; emulator --help lists the options\n",
    );
    expect(mistaken.exitCode).toBe(2);
  });
});
