import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";

type Exports = Record<string, unknown>;
type ModuleFunction = (
  exports: Exports,
  require: (specifier: string) => unknown,
  module: { exports: Exports },
  file: string,
  folder: string,
) => void;

/**
 * An inline program that is a compiled (CommonJS) Pulumi program: its exports become the stack's outputs.
 *
 * The program's own files are evaluated anew at every preview and update, as the real language host does; packages,
 * `@pulumi/pulumi` above all, are those of this process. Node's module cache cannot be used for that: it gives a file once,
 * and jest's does not let go of a file at all.
 *
 * @param file - The program's main file; its folder and the folders below hold its own files.
 */
export function programFromModule(file: string): PulumiFn {
  const folder = path.dirname(path.resolve(file)) + path.sep;
  return async () => {
    const loaded = new Map<string, { exports: Exports }>();
    const load = (moduleFile: string): unknown => {
      const known = loaded.get(moduleFile);
      if (known) {
        return known.exports;
      }
      const module = { exports: {} };
      loaded.set(moduleFile, module);
      const requireFrom = createRequire(moduleFile);
      const requireFresh = (specifier: string): unknown => {
        const target = specifier.startsWith(".") ? requireFrom.resolve(specifier) : specifier;
        return target.startsWith(folder) && target.endsWith(".js") ? load(target) : requireFrom(specifier);
      };
      compile(moduleFile)(module.exports, requireFresh, module, moduleFile, path.dirname(moduleFile));
      return module.exports;
    };
    return { ...(load(path.resolve(file)) as Exports) };
  };
}

function compile(file: string): ModuleFunction {
  const text = fs.readFileSync(file, "utf8");
  // As Node.js itself makes a function of a CommonJS module.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return new Function(
    "exports",
    "require",
    "module",
    "__filename",
    "__dirname",
    `${text}\n//# sourceURL=${file}`,
  ) as ModuleFunction;
}
