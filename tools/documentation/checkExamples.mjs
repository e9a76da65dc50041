/**
 * A plugin of TypeDoc: every `@example` compiles under strict settings, and so does the TypeScript in all Markdown that the
 * option `markdownPrograms` names. The compiler sees each of them as a module in `examples/testing`, which has what
 * `exampleSetting.d.ts` declares, and imports what it uses of this package.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { ParameterType, ReflectionKind } from "typedoc";
import ts from "typescript";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.resolve(here, "../../examples/testing");
const setting = path.join(here, "exampleSetting.d.ts");
/** Made of the examples, and of declarations. */
const generated = ["components.md", "reference"].map((name) => path.resolve(here, "../../docs", name));

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
  application.options.addDeclaration({
    name: "markdownPrograms",
    help: "Markdown files, and folders of them, whose TypeScript must compile",
    type: ParameterType.PathArray,
  });
  application.on(application.constructor.EVENT_VALIDATE_PROJECT, (project) => {
    const files = application.options.getValue("markdownPrograms").flatMap(markdownIn);
    const programs = new Map(
      [...examplesIn(project), ...files.flatMap(programsIn)].map(({ name, text }, index) => [
        path.join(folder, `example${index}.ts`),
        { name, text: withImport(text, exportedNames(project)) },
      ]),
    );
    for (const { file, messageText } of problemsIn(programs)) {
      const message = ts.flattenDiagnosticMessageText(messageText, "\n");
      application.logger.error(`${programs.get(file?.fileName)?.name}: ${message}`);
    }
  });
}

function examplesIn(project) {
  return Object.values(project.reflections).flatMap((reflection) =>
    (reflection.comment?.getTags("@example") ?? []).flatMap(({ content }) =>
      content
        .filter(({ kind }) => kind === "code")
        .map(({ text }) => ({
          name: `the example of ${reflection.getFullName()}`,
          text: text.replace(/^```ts\n|```$/g, ""),
        })),
    ),
  );
}

/** The Markdown in a folder, or the one file, that people write. */
function markdownIn(place) {
  const names = fs.statSync(place).isDirectory() ? fs.readdirSync(place, { recursive: true }) : [""];
  const files = names.map((name) => path.join(place, name)).filter((file) => file.endsWith(".md"));
  return files.filter((file) => !generated.some((one) => file.startsWith(one)));
}

/** The TypeScript in a Markdown file, named by the line where it begins. */
function programsIn(file) {
  const text = fs.readFileSync(file, "utf8");
  return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(({ 1: program, index }) => {
    const line = text.slice(0, index).split("\n").length + 1;
    return { name: `${path.basename(file)}, line ${line}`, text: program };
  });
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
