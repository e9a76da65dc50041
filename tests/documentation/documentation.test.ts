import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";

const repository = path.resolve(__dirname, "../..");
const typedoc = path.join(
  path.dirname(createRequire(__filename).resolve("typedoc/package.json")),
  "bin/typedoc",
);

/** Runs the generator of the reference, and gives what it complains about. */
function complaints(...options: string[]): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [typedoc, "--logLevel", "Warn", ...options], {
    cwd: repository,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return `${stdout}${stderr}`.split("\n").filter((line) => line !== "");
}

/** The text of what is generated, by its path below the folder of the documentation. */
async function generatedIn(folder: string): Promise<Map<string, string>> {
  const names = await fs.readdir(path.join(folder, "reference"), { recursive: true });
  const files = names.filter((name) => name.endsWith(".md")).map((name) => path.join("reference", name));
  const texts = ["components.md", ...files.sort()].map(
    async (file) => [file, await fs.readFile(path.join(folder, file), "utf8")] as const,
  );
  return new Map(await Promise.all(texts));
}

describe("the documentation", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "documentation-"));
  });
  afterAll(() => fs.rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  it("has a comment for all that can be imported, programs that compile, and is what `npm run docs` makes of it", async () => {
    expect(complaints("--out", path.join(folder, "reference"))).toEqual([]);
    expect(await generatedIn(path.join(repository, "docs"))).toEqual(await generatedIn(folder));
  }, 180_000);

  it("is refused where a comment is missing, or a program does not compile", () => {
    const options = {
      emit: "none",
      entryPoints: path.join(__dirname, "undocumented.ts"),
      markdownPrograms: path.join(__dirname, "wrongProgram.md"),
      "validation.notExported": "false",
    };
    expect(complaints(...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]))).toEqual([
      "[error] Undocumented.name has no doc comment",
      "[error] the example of Undocumented: Type 'Output<string>' is not assignable to type 'number'.",
      "[error] wrongProgram.md, line 4: Object literal may only specify known properties, but 'diskID' does not exist in type 'DiskBackupArgs'. Did you mean to write 'diskId'?",
      "[error] Found 3 errors and 0 warnings",
    ]);
  }, 180_000);
});
