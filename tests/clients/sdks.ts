import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "./processes";

/** One of Microsoft's SDKs or tools, with a program that lives through a disk's backup and tells a line about each step. */
export interface Sdk {
  name: string;
  /** Says how to start the program, or why it cannot be started here. */
  prepare(): Promise<{ command: string; words: string[] } | { absence: string }>;
}

const cacheFolder = path.join(tmpdir(), "pulumi-azure-dataprotection-clients");
const installTimeoutInMs = 400_000;

/** A folder in the cache for what is made of these files. */
function folderFor(name: string, ...files: string[]): string {
  const hash = createHash("sha256");
  files.forEach((file) => hash.update(readFileSync(file)));
  const folder = path.join(cacheFolder, `${name}-${hash.digest("hex").slice(0, 12)}`);
  mkdirSync(cacheFolder, { recursive: true });
  return folder;
}

async function findMissing(command: string, word: string): Promise<string | undefined> {
  return run(command, [word], { timeoutInMs: 20_000 }).then(
    () => undefined,
    () => `${command} is not installed`,
  );
}

/** A program in Python, run where its requirements are installed: in an environment of the cache. */
const pythonProgram = (name: string, folder: string): Sdk => ({
  name,
  async prepare() {
    const missing = await findMissing("python3", "--version");
    if (missing) {
      return { absence: missing };
    }
    const source = path.join(__dirname, folder);
    const requirements = path.join(source, "requirements.txt");
    const environment = folderFor(folder, requirements);
    const command = path.join(environment, "bin", "python");
    if (!existsSync(path.join(environment, "complete"))) {
      rmSync(environment, { recursive: true, force: true });
      try {
        await run("python3", ["-m", "venv", environment], { timeoutInMs: installTimeoutInMs });
        await run(command, ["-m", "pip", "install", "--quiet", "--requirement", requirements], {
          timeoutInMs: installTimeoutInMs,
        });
      } catch (error) {
        return { absence: `its packages cannot be installed: ${lastLineOf(error)}` };
      }
      writeFileSync(path.join(environment, "complete"), "");
    }
    return { command, words: [path.join(source, "flow.py")] };
  },
});

const go: Sdk = {
  name: "Go SDK",
  async prepare() {
    const missing = await findMissing("go", "version");
    if (missing) {
      return { absence: missing };
    }
    const folder = path.join(__dirname, "go");
    const sources = ["go.sum", "account.go", "instance.go", "main.go"].map((file) => path.join(folder, file));
    const command = folderFor("go", ...sources);
    try {
      await run("go", ["build", "-mod=readonly", "-buildvcs=false", "-o", command, "."], {
        cwd: folder,
        timeoutInMs: installTimeoutInMs,
      });
    } catch (error) {
      const reason = lastLineOf(error);
      return { absence: `its modules cannot be fetched, or the program not built: ${reason}` };
    }
    return { command, words: [] };
  },
};

function lastLineOf(error: unknown): string {
  return (error as Error).message.trim().split("\n").at(-1) ?? "";
}

/** Those that `npm run test:clients` runs. */
export const sdks: readonly Sdk[] = [
  pythonProgram("Python SDK", "python"),
  go,
  pythonProgram("Azure CLI", "azureCli"),
];
