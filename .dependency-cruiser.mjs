/**
 * The rooms of the code, from the ground up, and what each may import: the one place where the architecture is written
 * down as a rule. A room imports only rooms that stand above it in this list, so no arrow runs upwards and there is no
 * circle between rooms. A room inside another one's folder has rules of its own.
 *
 * - `of`: the rooms that it may import, by their folders, or single modules of them;
 * - `packages`: what it may import from `node_modules`. Node's own modules are open to all.
 */
const rooms = [
  { folder: "provider/azure", what: "ids, JSON, the clock" },
  {
    folder: "provider/azure/http",
    what: "one way to send a request to Resource Manager, with no word about backup",
    of: ["provider/azure"],
    packages: ["axios", "@azure/core-lro"],
  },
  {
    folder: "provider/azure/account",
    what: "cloud, credentials and tokens",
    of: ["provider/azure", "provider/azure/http"],
    packages: ["@azure/identity", "node-forge"],
  },
  { folder: "provider/dataProtection", what: "the service", of: ["provider/azure", "provider/azure/http"] },
  {
    folder: "provider/explain",
    what: "what errors and states mean for people",
    of: [
      "provider/azure",
      "provider/azure/http",
      "provider/azure/account/settings.ts",
      "provider/dataProtection",
    ],
  },
  {
    folder: "provider/lifecycle",
    what: "what the lives of instances and of prerequisites share",
    of: ["provider/azure", "provider/azure/http", "provider/dataProtection"],
  },
  {
    folder: "provider/host",
    what: "the process that serves one operation of the engine",
    of: [
      "provider/azure",
      "provider/azure/http",
      "provider/azure/account",
      "provider/dataProtection",
      "provider/lifecycle",
    ],
  },
  ...["provider/instance", "provider/prerequisites"].map((folder) => ({
    folder,
    what: "a life, one file a verb",
    of: [
      "provider/azure",
      "provider/azure/http",
      "provider/dataProtection",
      "provider/explain",
      "provider/lifecycle",
      "provider/host",
    ],
  })),
  {
    folder: "provider",
    what: "what the host loads, without the Pulumi SDK (start-up time)",
    of: ["provider/instance/verbs.ts", "provider/prerequisites/verbs.ts"],
  },
  {
    folder: "provider/resources",
    what: "the resource classes, which run in the program, and what a program may ask",
    of: [
      "provider/azure",
      "provider/azure/http",
      "provider/azure/account/openClient.ts",
      "provider/azure/account/settings.ts",
      "provider/dataProtection/datasource.ts",
      "provider/lifecycle",
      "provider/instance/inputs.ts",
      "provider/prerequisites/inputs.ts",
    ],
    packages: ["@pulumi/pulumi"],
  },
  { folder: "components/policies", what: "backup policies as values, without Pulumi" },
  {
    folder: "components",
    what: "what people declare",
    of: [
      "components/policies",
      "provider/azure",
      "provider/dataProtection/datasource.ts",
      "provider/dataProtection/inputProblem.ts",
      "provider/dataProtection/resourceNames.ts",
      "provider/dataProtection/roles.ts",
      "provider/resources",
    ],
    packages: ["@pulumi/pulumi", "@pulumi/azure-native"],
  },
  {
    folder: "emulator",
    what: "Resource Manager for backup on loopback: nothing of the provider or the components",
    packages: ["node-forge", "@pulumi/pulumi", "@azure/identity", "axios"],
  },
  {
    folder: "cli",
    what: "the package's command, a folder a subcommand",
    of: [
      "provider/azure",
      "provider/azure/http",
      "provider/dataProtection",
      "provider/explain",
      "provider/lifecycle",
      "provider/host",
      "provider/instance",
      "provider/resources/providerText.ts",
      "emulator",
    ],
  },
  {
    folder: "tools/engine",
    what: "the Pulumi CLI where it is missing, and a stack on the emulator",
    of: ["emulator"],
    packages: ["@pulumi/pulumi", "semver"],
  },
  {
    folder: "tools/demo",
    what: "the quick start, run once and reported",
    of: ["emulator", "tools/engine"],
    packages: ["@pulumi/pulumi"],
  },
  {
    folder: "tools/bench",
    what: "how long it takes, against the shortest that the service allows",
    of: ["emulator", "cli/options.ts", "tools/engine", "tools/demo"],
    packages: ["@pulumi/pulumi", "pulumi-azure-dataprotection"],
  },
  {
    folder: "examples",
    what: "what people copy, so only packages by their names",
    packages: ["@pulumi/pulumi", "@pulumi/azure-native", "pulumi-azure-dataprotection"],
  },
];

rooms.forEach(({ folder, of = [] }, index) => {
  const below = rooms.slice(0, index).map((room) => room.folder);
  const upward = of.filter((target) => !below.some((other) => `${target}/`.startsWith(`${other}/`)));
  if (upward.length > 0) {
    throw new Error(
      `${folder} may import only rooms that stand above it in the list, not ${upward.join(", ")}`,
    );
  }
});

/** The files of a room: those of its folder, and of its subfolders that are no rooms of their own. */
function filesOf(folder) {
  const inner = rooms.filter((room) => room.folder.startsWith(`${folder}/`)).map((room) => room.folder);
  return `^${folder}/${inner.map((other) => `(?!${other.slice(folder.length + 1)}/)`).join("")}`;
}

function pathOf(target) {
  return target.endsWith(".ts") ? `^${target}$` : filesOf(target);
}

const roomRules = rooms.map(({ folder, what, of = [], packages = [] }) => ({
  name: folder,
  comment: what,
  severity: "error",
  from: { path: filesOf(folder) },
  to: {
    pathNot: [
      filesOf(folder),
      ...of.map(pathOf),
      ...packages.map((name) => `(^|node_modules/)${name}(/|$)`),
      ...(packages.includes("pulumi-azure-dataprotection") ? ["^(components|emulator|dist)/"] : []),
    ],
    dependencyTypesNot: ["core"],
  },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...roomRules,
    {
      name: "no-circle",
      comment: "Not by types either: what two files need of each other has a file of its own.",
      severity: "error",
      from: { path: "^(cli|components|emulator|provider|tools|examples)/" },
      to: { circular: true },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: ["node_modules", "^dist/"] },
    exclude: { path: "^dist/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "node", "require", "default"],
    },
  },
};
