/** Takes the comments out of the JavaScript in `dist`: people read them in the declarations, and as code they are a fifth of the tarball. */
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../dist");
const compilerOptions = {
  removeComments: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
};

for (const name of fs.readdirSync(folder, { recursive: true })) {
  if (name.endsWith(".js")) {
    const file = path.join(folder, name);
    const { outputText } = ts.transpileModule(fs.readFileSync(file, "utf8"), { compilerOptions });
    fs.writeFileSync(file, outputText);
  }
}
