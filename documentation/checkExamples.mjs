/**
 * A plugin of TypeDoc: every `@example` compiles under strict settings. The compiler sees an example as a program in
 * `examples/testing`, which has what `exampleSetting.d.ts` declares, and imports what it uses of this package.
 */
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { ReflectionKind } from "typedoc";
import ts from "typescript";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.resolve(here, "../examples/testing");
const setting = path.join(here, "exampleSetting.d.ts");

/** A program of Pulumi's may be a CommonJS module that exports a function, while the next example awaits at its top. */
const exportAssignmentInModule = 1203;

/** @type {ts.CompilerOptions} */
const options = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ["node"],
};

export function load(application) {
  application.on(application.constructor.EVENT_VALIDATE_PROJECT, (project) => {
    const programs = new Map(
      examplesIn(project).map(({ name, text }, index) => [
        path.join(folder, `example${index}.ts`),
        { name, text: withImport(text, exportedNames(project)) },
      ]),
    );
    for (const { file, messageText } of problemsIn(programs)) {
      const message = ts.flattenDiagnosticMessageText(messageText, "\n");
      application.logger.error(`the example of ${programs.get(file?.fileName)?.name}: ${message}`);
    }
  });
}

function examplesIn(project) {
  return Object.values(project.reflections).flatMap((reflection) =>
    (reflection.comment?.getTags("@example") ?? []).flatMap(({ content }) =>
      content
        .filter(({ kind }) => kind === "code")
        .map(({ text }) => ({ name: reflection.getFullName(), text: text.replace(/^```ts\n|```$/g, "") })),
    ),
  );
}

/** What can be imported from the package's main entry. */
function exportedNames(project) {
  const main = project
    .getChildrenByKind(ReflectionKind.Module)
    .find(({ name }) => name === "pulumi-azure-dataprotection");
  return (main ?? project).children.filter(
    ({ kind }) => kind & ReflectionKind.SomeValue || kind === ReflectionKind.Class,
  );
}

function withImport(text, exported) {
  const used = exported.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  return /^import /m.test(text)
    ? text
    : `import { ${used.join(", ")} } from "pulumi-azure-dataprotection";\n${text}`;
}

function problemsIn(programs) {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (file, ...rest) =>
    programs.has(file)
      ? ts.createSourceFile(file, programs.get(file).text, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, file, ...rest);
  host.fileExists = (file) => programs.has(file) || fileExists.call(host, file);
  const problems = ts.getPreEmitDiagnostics(ts.createProgram([setting, ...programs.keys()], options, host));
  return problems.filter(({ code }) => code !== exportAssignmentInModule);
}
