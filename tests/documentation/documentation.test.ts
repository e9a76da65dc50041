import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";

const repository = path.resolve(__dirname, "../..");
const typedoc = path.join(
  path.dirname(createRequire(__filename).resolve("typedoc/package.json")),
  "bin/typedoc",
);

/** What the generator of the reference complains about, without writing anything. */
function complaints(...options: string[]): string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [typedoc, "--emit", "none", "--logLevel", "Warn", ...options],
    { cwd: repository, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
  );
  return `${stdout}${stderr}`.split("\n").filter((line) => line !== "");
}

describe("the reference", () => {
  it("has a comment for all that can be imported, and examples that compile", () => {
    expect(complaints()).toEqual([]);
  }, 180_000);

  it("is refused where a comment is missing, or an example does not compile", () => {
    expect(
      complaints(
        "--entryPoints",
        path.join(__dirname, "undocumented.ts"),
        "--validation.notExported",
        "false",
      ),
    ).toEqual([
      "[error] Undocumented.name has no doc comment",
      "[error] the example of Undocumented: Type 'Output<string>' is not assignable to type 'number'.",
      "[error] Found 2 errors and 0 warnings",
    ]);
  }, 180_000);
});
