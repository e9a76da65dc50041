/**
 * Builds `dist`: in a fresh folder that takes its place when it is whole, so that a build that is cut off leaves the one before;
 * and not at all when nothing has changed that it is made of.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const dist = path.join(root, "dist");
const cache = path.join(root, "node_modules/.cache");
const { include } = JSON.parse(fs.readFileSync(path.join(root, "tsconfig.build.json"), "utf8"));
const settings = ["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json"];

const sources = sourcesHash();
const isBuilt = (folder) => {
  const file = path.join(folder, ".sources");
  return fs.existsSync(file) && fs.readFileSync(file, "utf8") === sources;
};
if (!isBuilt(dist)) {
  fs.mkdirSync(cache, { recursive: true });
  const fresh = fs.mkdtempSync(path.join(cache, "build-"));
  const isWhole =
    run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", fresh) &&
    run("tools/packaging/publicTypes.mjs", fresh);
  if (isWhole) {
    fs.writeFileSync(path.join(fresh, ".sources"), sources);
    const former = `${fresh}-former`;
    if (fs.existsSync(dist)) {
      fs.renameSync(dist, former);
    }
    fs.renameSync(fresh, dist);
    fs.rmSync(former, { recursive: true, force: true });
  } else {
    fs.rmSync(fresh, { recursive: true, force: true });
    process.exitCode = 1;
  }
}

function run(program, ...words) {
  const { status } = spawnSync(process.execPath, [path.join(root, program), ...words], {
    cwd: root,
    stdio: "inherit",
  });
  return status === 0;
}

function sourcesHash() {
  const files = include.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true })
      .filter((name) => /\.(ts|mjs|json)$/.test(name))
      .map((name) => path.join(folder, name)),
  );
  const hash = createHash("sha256");
  for (const file of [...settings, ...files.sort()]) {
    hash
      .update(`${file}\0`)
      .update(fs.readFileSync(path.join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}
