/**
 * Leaves in the built folder that it is given only the declarations that an entry point of package.json reaches: the public
 * types. The rest describes the inside, which no import of the package gets at, and would be a third of the tarball.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const packageFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const builtFolder = path.resolve(process.argv[2]);

const { exports } = JSON.parse(fs.readFileSync(path.join(packageFolder, "package.json"), "utf8"));
const entries = Object.values(exports).flatMap(({ types }) => types ?? []);
const reached = new Set();
entries.forEach((entry) => reach(path.join(builtFolder, path.relative("dist", entry))));

for (const name of fs.readdirSync(builtFolder, { recursive: true })) {
  const file = path.join(builtFolder, name);
  if (file.endsWith(".d.ts") && !reached.has(file)) {
    fs.rmSync(file);
  }
}

function reach(file) {
  if (!reached.has(file)) {
    reached.add(file);
    const { importedFiles } = ts.preProcessFile(fs.readFileSync(file, "utf8"));
    const own = importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith("."));
    own.forEach((name) => reach(declarationOf(path.resolve(path.dirname(file), name))));
  }
}

function declarationOf(module) {
  return [`${module}.d.ts`, path.join(module, "index.d.ts")].find((file) => fs.existsSync(file));
}
