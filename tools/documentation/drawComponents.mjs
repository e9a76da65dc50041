/**
 * A plugin of TypeDoc: `components.md` next to the reference, with a drawing of all that each component creates. Nothing of
 * it is written by hand: the component's own `@example` is run against the SDK's mock engine, and what it registers is drawn.
 */
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { ReflectionKind } from "typedoc";
import ts from "typescript";

const require = createRequire(import.meta.url);
const pulumi = require("@pulumi/pulumi");
const library = require("pulumi-azure-dataprotection");

const preface = `# What each component creates

Drawn by \`npm run docs\`: each component's example is run, and what it registers with Pulumi's engine is what you see. The
[reference](reference/pulumi-azure-dataprotection.md) tells the arguments, [rules.md](rules.md) what of them is refused.

Whatever is created signs in with the stack's own \`azure-native:*\` configuration and variables, or, under an explicit azure-native
\`Provider\`, with that provider's settings, by one provider \`pulumi-nodejs\` for each such \`Provider\`.
`;

export function load(application) {
  application.renderer.postRenderAsyncJobs.push(async ({ project, outputDirectory }) => {
    const classes = project.getReflectionsByKind(ReflectionKind.Class);
    const sections = [];
    for (const component of classes.filter(isComponent)) {
      sections.push(await sectionOf(component));
    }
    fs.writeFileSync(path.join(outputDirectory, "../components.md"), [preface, ...sections].join("\n"));
  });
}

function isComponent({ name }) {
  return library[name]?.prototype instanceof pulumi.ComponentResource;
}

async function sectionOf({ name, comment }) {
  const example = comment.getTag("@example").content.find(({ kind }) => kind === "code").text;
  const drawn = draw(await registrationsOf(example.replace(/^```ts\n|```$/g, "")), name);
  return `## ${name}\n\n${example}\n\n\`\`\`mermaid\nflowchart LR\n${drawn}\n\`\`\`\n`;
}

/** Runs a program, and gives what it registered in addition to what examples have without declaring it. */
async function registrationsOf(program) {
  const registrations = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }) => created(type, name, inputs),
    call: () => ({ subscriptionId: "11111111-1111-4111-8111-111111111111" }),
  });
  const monitor = pulumi.runtime.getMonitor();
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request, callback) => {
    registrations.push({
      type: request.getType(),
      name: request.getName(),
      parent: lastOf(request.getParent()),
    });
    await register(request, callback);
  };
  const setting = settingOf();
  await settled();
  const from = registrations.length;
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const names = { ...library, ...setting };
  const module = { exports: {} };
  // Blocks may declare what the setting has already.
  const run = new Function(...Object.keys(names), "module", "exports", `{ ${outputText} }`);
  run(...Object.values(names), module, module.exports);
  if (typeof module.exports === "function") {
    await module.exports();
  }
  await settled();
  return registrations.slice(from);
}

/** What `exampleSetting.d.ts` declares. */
function settingOf() {
  const compute = require("@pulumi/azure-native/compute");
  const dataprotection = require("@pulumi/azure-native/dataprotection");
  const resources = require("@pulumi/azure-native/resources");
  const storage = require("@pulumi/azure-native/storage");
  const resourceGroupName = "group";
  const disk = (name) =>
    new compute.Disk(name, { resourceGroupName, creationData: { createOption: "Empty" } });
  const account = (name) =>
    new storage.StorageAccount(name, { resourceGroupName, kind: "StorageV2", sku: { name: "Standard_LRS" } });
  const policy = (name) =>
    new dataprotection.BackupPolicy(name, { resourceGroupName, vaultName: "vault", backupPolicyName: name });
  const { diskPolicies, blobPolicies } = library;
  const policies = {
    disks: diskPolicies.daily,
    files: blobPolicies.operational,
    invoices: blobPolicies.vaulted,
    lakes: library.dataLakePolicy({ every: "1 day", keep: "30 days" }),
  };
  return {
    group: new resources.ResourceGroup("group"),
    snapshots: new resources.ResourceGroup("snapshots"),
    disk: disk("disk"),
    data: disk("data"),
    logs: disk("logs"),
    account: account("account"),
    documents: account("documents"),
    other: account("other"),
    lake: account("lake"),
    vault: new library.BackupVault("backups", { resourceGroupName, policies }),
    policy: policy("policy"),
    operational: policy("operational"),
    vaulted: policy("vaulted"),
    findResourceIds: async () => [idOf("compute:Disk", "data"), idOf("storage:StorageAccount", "documents")],
  };
}

function created(type, name, inputs) {
  const identity = { type: "SystemAssigned", principalId: "99999999-9999-4999-8999-999999999999" };
  return {
    id: idOf(type, name),
    state: { ...inputs, name, location: "westeurope", identity, principals: identity },
  };
}

function idOf(type, name) {
  const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups";
  const types = { Disk: "Microsoft.Compute/disks", StorageAccount: "Microsoft.Storage/storageAccounts" };
  const kind = type.split(":").at(-1);
  return kind === "ResourceGroup"
    ? `${group}/${name}`
    : `${group}/group/providers/${types[kind] ?? `Microsoft.DataProtection/${kind}`}/${name}`;
}

/** The mock engine answers in its own time; the SDK tells when nothing is on its way any more. */
async function settled() {
  await pulumi.runtime.waitForRPCs();
}

function lastOf(urn) {
  return urn.split("::").at(-1);
}

/** The components of this class at the top, and all below them, in the order of their names. */
function draw(registrations, componentName) {
  const isOurs = ({ type }) => type.startsWith("azure-dataprotection:");
  const aboveOf = ({ parent }) => registrations.find((one) => one.name === parent && isOurs(one));
  const isShown = (one) =>
    (isOurs(one) && one.type.endsWith(`:${componentName}`)) ||
    (aboveOf(one) !== undefined && isShown(aboveOf(one)));
  const shown = registrations.filter(isShown).sort((one, other) => (one.name < other.name ? -1 : 1));
  const keyOf = (registration) => `r${shown.indexOf(registration)}`;
  const nodes = shown.map((one) => `  ${keyOf(one)}["${one.type.split(":").at(-1)}<br/>${one.name}"]`);
  const edges = shown
    .filter((one) => shown.includes(aboveOf(one)))
    .map((one) => `  ${keyOf(aboveOf(one))} --> ${keyOf(one)}`);
  return [...nodes, ...edges].join("\n");
}
