import tseslint from "typescript-eslint";

/**
 * The rooms of the code, and what each may import: the one place where the architecture is written down as a rule.
 * `may` lists module specifiers as they are written; everything else is refused. `node:` modules are open to all.
 */
const rooms = [
  {
    name: "provider/azure: Resource Manager, with no word about backup",
    files: ["provider/azure/**/*.ts"],
    may: ["\\./", "axios$", "@azure/(identity|core-lro)$", "node-forge$"],
  },
  {
    name: "provider/dataProtection: the service",
    files: ["provider/dataProtection/**/*.ts"],
    may: ["\\./", "\\.\\./azure/"],
  },
  {
    name: "provider/operation: what all resources of one operation of the engine share",
    files: ["provider/operation/**/*.ts"],
    may: ["\\./", "\\.\\./(azure|dataProtection)/", "\\.\\./instance/(duration|inputs)$"],
  },
  {
    name: "provider/instance: the life of a backup instance, one file a verb",
    files: ["provider/instance/**/*.ts"],
    may: [
      "\\./",
      "\\.\\./(azure|dataProtection)/",
      "\\.\\./operation/(failures|liveInstances|operation|session)$",
    ],
  },
  {
    name: "provider/foundation: the life of what protection rests on",
    files: ["provider/foundation/**/*.ts"],
    may: [
      "\\./",
      "\\.\\./(azure|dataProtection)/",
      "\\.\\./instance/(claim|inputs|reportedFailure)$",
      "\\.\\./operation/(failures|operation|session)$",
    ],
  },
  {
    name: "provider: what the host loads, without the Pulumi SDK (start-up time)",
    files: ["provider/*.ts"],
    may: ["\\./(foundation|instance)/verbs$"],
  },
  {
    name: "provider/program: the resource classes, and what a program may ask",
    files: ["provider/program/**/*.ts"],
    may: [
      "\\./",
      "\\.\\./azure/",
      "\\.\\./(dataProtection/datasource|foundation/inputs|instance/inputs)$",
      "@pulumi/pulumi$",
    ],
  },
  {
    name: "components: what people declare",
    files: ["components/**/*.ts"],
    may: [
      "\\./",
      "\\.\\./provider/program/(backupInstance|foundationResource|resourceQuery)$",
      "\\.\\./provider/(azure/(resourceId|uuid)|dataProtection/(datasource|roles))$",
      "@pulumi/pulumi$",
      "@pulumi/azure-native/",
    ],
  },
  {
    name: "components/policies: backup policies as values, without Pulumi",
    files: ["components/policies/**/*.ts"],
    may: ["\\./"],
  },
  {
    name: "import: the command that brings existing instances under Pulumi",
    files: ["import/**/*.ts"],
    may: ["\\./", "\\.\\./provider/(?!program/backupInstance$)", "\\.\\./command/options$"],
  },
  {
    name: "command: which of the package's commands runs, and how options are read",
    files: ["command/**/*.ts"],
    may: ["\\./options$", "\\.\\./(import|emulator)/run$"],
  },
  {
    name: "emulator: nothing of the provider or the components",
    files: ["emulator/**/*.ts"],
    may: [
      "\\.{1,2}/(?!.*(provider|components|command|engine|demo|tests)/)",
      "\\.\\./command/options$",
      "node-forge$",
      "@pulumi/pulumi/",
      "@azure/identity$",
      "axios$",
    ],
  },
  {
    name: "engine: the Pulumi CLI, and a stack on the emulator",
    files: ["engine/**/*.ts"],
    may: ["\\./", "\\.\\./(engine|emulator)/", "@pulumi/pulumi/automation$", "semver$"],
  },
  {
    name: "demo: the quick start, run once and reported",
    files: ["demo/**/*.ts"],
    may: ["\\./", "\\.\\./(engine|emulator)/", "@pulumi/pulumi/automation$"],
  },
  {
    name: "bench: how long it takes, against the shortest that the service allows",
    files: ["bench/**/*.ts"],
    may: [
      "\\./",
      "\\.\\./engine/",
      "\\.\\./emulator/index$",
      "\\.\\./command/options$",
      "\\.\\./demo/(attribution|interruption|table)$",
      "@pulumi/pulumi(/automation)?$",
      "pulumi-azure-dataprotection$",
    ],
  },
  {
    name: "examples: what people copy, so only packages by their names",
    files: ["examples/**/*.ts"],
    may: [
      "\\./",
      "@pulumi/pulumi(/automation)?$",
      "@pulumi/azure-native/",
      "pulumi-azure-dataprotection(/emulator)?$",
    ],
  },
];

export default tseslint.config(
  { ignores: ["dist/", "node_modules/"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      curly: "error",
      eqeqeq: ["error", "smart"],
      "no-console": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
      "@typescript-eslint/explicit-module-boundary-types": "error",
    },
  },
  { files: ["**/main.ts", "{emulator,import}/run.ts", "examples/**"], rules: { "no-console": "off" } },
  { files: ["**/*.mjs"], rules: { "@typescript-eslint/explicit-module-boundary-types": "off" } },
  { files: ["**/*.js"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  ...rooms.map(({ name, files, ignores, may }) => ({
    name,
    files,
    ...(ignores ? { ignores } : {}),
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(?!node:|${may.join("|")})`,
              message: `Not in this room: ${name}.`,
            },
          ],
        },
      ],
    },
  })),
);
