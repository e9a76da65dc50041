import path from "node:path";
import ts from "typescript";

const repository = path.resolve(__dirname, "../..");
/** What runs in people's programs. */
const rooms = [path.join(repository, "components/"), path.join(repository, "provider/resources/")];

/**
 * Pulumi waits for ever for what is made with an output whose `apply` has failed, and shows nothing of it. So nothing that
 * such a callback reaches may throw: what is wrong goes to `check`, which refuses it on the row of the resource.
 */
function throwsReachedFromApply(program: ts.Program): string[] {
  const checker = program.getTypeChecker();
  const seen = new Set<ts.Node>();
  const found: string[] = [];

  const declarationOf = (expression: ts.Expression): ts.Node | undefined => {
    const symbol = checker.getSymbolAtLocation(
      ts.isPropertyAccessExpression(expression) ? expression.name : expression,
    );
    const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const { declarations: [declaration] = [] } = target ?? {};
    return declaration !== undefined && ts.isVariableDeclaration(declaration)
      ? declaration.initializer
      : declaration;
  };
  const follow = (node: ts.Node | undefined, from: string): void => {
    if (node === undefined || seen.has(node) || node.getSourceFile().fileName.includes("/node_modules/")) {
      return;
    }
    seen.add(node);
    const look = (part: ts.Node): void => {
      const isRejection = ts.isCallExpression(part) && /^Promise\.reject$/.test(part.expression.getText());
      if (ts.isThrowStatement(part) || isRejection) {
        const { line } = part.getSourceFile().getLineAndCharacterOfPosition(part.getStart());
        found.push(`${placeOf(part)}:${line + 1}, reached from ${from}`);
      }
      if (ts.isCallExpression(part) || ts.isNewExpression(part)) {
        follow(declarationOf(part.expression), from);
        // A function that is handed on may be called.
        part.arguments?.filter(ts.isIdentifier).forEach((given) => {
          const declared = declarationOf(given);
          follow(declared !== undefined && ts.isFunctionLike(declared) ? declared : undefined, from);
        });
      }
      ts.forEachChild(part, look);
    };
    look(node);
  };
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === "apply"
    ) {
      const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.expression.name.getStart());
      node.arguments.forEach((callback) =>
        follow(
          ts.isIdentifier(callback) || ts.isPropertyAccessExpression(callback)
            ? declarationOf(callback)
            : callback,
          `${placeOf(node)}:${line + 1}`,
        ),
      );
    }
    ts.forEachChild(node, visit);
  };
  program
    .getSourceFiles()
    .filter(
      ({ fileName, isDeclarationFile }) =>
        !isDeclarationFile && rooms.some((room) => fileName.startsWith(room)),
    )
    .forEach(visit);
  return found;
}

function placeOf(node: ts.Node): string {
  return path.relative(repository, node.getSourceFile().fileName);
}

function programOf(files: string[], texts: Record<string, string> = {}): ts.Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    strict: true,
    noResolve: false,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const withTexts: ts.CompilerHost = {
    ...host,
    fileExists: (name) => name in texts || host.fileExists(name),
    getSourceFile: (name, version) =>
      name in texts
        ? ts.createSourceFile(name, texts[name] ?? "", version)
        : host.getSourceFile(name, version),
  };
  return ts.createProgram(files, options, withTexts);
}

describe("what runs in people's programs", () => {
  it("throws nothing where Pulumi cannot show it: in apply, nor in what apply calls", () => {
    const files = [
      path.join(repository, "components/index.ts"),
      path.join(repository, "provider/resources/backupInstance.ts"),
      path.join(repository, "provider/resources/prerequisiteResource.ts"),
    ];
    expect(throwsReachedFromApply(programOf(files))).toEqual([]);
  });

  it.each([
    ["in the callback itself", "o.apply(() => { throw new Error(); });"],
    ["in a function that it calls", "function f(): string { throw new Error(); }\no.apply(() => f());"],
    ["in a function that it is", "const f = (): string => { throw new Error(); };\no.apply(f);"],
    [
      "in a function further down",
      "function g() { throw 1; }\nfunction f() { g(); }\no.apply(() => [1].map(f));",
    ],
    ["as a rejected promise", "o.apply(() => Promise.reject(new Error()));"],
  ])("would be found %s", (_, text) => {
    const file = path.join(repository, "components/some.ts");
    const declared = "declare const o: { apply(f: (value: unknown) => unknown): void };\n";
    const program = programOf([file], { [file]: `${declared}${text}` });
    expect(throwsReachedFromApply(program)).toHaveLength(1);
  });
});
