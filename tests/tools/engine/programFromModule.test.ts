import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { programFromModule } from "../../../tools/engine/programFromModule";

describe("a program from a module", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "program test "));
    await fs.writeFile(
      path.join(folder, "index.js"),
      `exports.made = require("./part").made; exports.join = require("path").join;`,
    );
    await fs.writeFile(path.join(folder, "part.js"), `exports.made = {};`);
  });

  afterEach(() => fs.rm(folder, { recursive: true }));

  it("gives its exports, made anew at every run, with the packages of this process", async () => {
    const program = programFromModule(path.join(folder, "index.js"));
    const [first, second] = [await program(), await program()];

    expect(first).toEqual({ made: {}, join: expect.any(Function) });
    expect(second?.made).not.toBe(first?.made);
  });

  it("fails with the program's own error", async () => {
    await fs.writeFile(path.join(folder, "part.js"), `throw new Error("no such policy");`);

    await expect(programFromModule(path.join(folder, "index.js"))()).rejects.toThrow("no such policy");
  });
});
