/** Lets `node --require` run the repository's TypeScript as it is: for test processes that jest does not start. */
const { readFileSync } = require("node:fs");
const ts = require("typescript");

const compilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
  inlineSourceMap: true,
};

require.extensions[".ts"] = (module, fileName) => {
  const { outputText } = ts.transpileModule(readFileSync(fileName, "utf8"), { fileName, compilerOptions });
  module._compile(outputText, fileName);
};
