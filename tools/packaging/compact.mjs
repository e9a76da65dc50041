/**
 * Makes the JavaScript in `dist` smaller: without comments, which people read in the declarations, and with short
 * names of local variables. Functions and classes keep theirs, and every statement its line, for the sake of stack traces.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { minify } from "terser";

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../dist");

/** @type {import("terser").MinifyOptions} */
const options = {
  compress: false,
  mangle: true,
  keep_fnames: true,
  keep_classnames: true,
  format: { beautify: true, indent_level: 1 },
};

for (const name of fs.readdirSync(folder, { recursive: true })) {
  if (name.endsWith(".js")) {
    const file = path.join(folder, name);
    const { code } = await minify(fs.readFileSync(file, "utf8"), options);
    fs.writeFileSync(file, `${code}\n`);
  }
}
