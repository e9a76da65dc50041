import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import * as authorization from "@pulumi/azure-native/authorization";
import * as compute from "@pulumi/azure-native/compute";
import * as dataprotection from "@pulumi/azure-native/dataprotection";
import * as resources from "@pulumi/azure-native/resources";
import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { openStack } from "../../tools/engine/stack";
import type { OpenStack } from "../../tools/engine/stack";
import { startEmulator } from "../../emulator";
import type { Emulator } from "../../emulator";
import { backupRule, policyDocument, retentionRule } from "../wire/policyDocuments";
import { describeWithPulumi } from "./withPulumi";

const projectFolder = path.resolve(__dirname, "../..");
const backupReader = "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24";

/** One of each type that the stand-in serves. */
async function program(): Promise<Record<string, unknown>> {
  const config = new pulumi.Config();
  const group = new resources.ResourceGroup("group", { location: "westeurope", tags: { owner: "tests" } });
  const vault = new dataprotection.BackupVault("vault", {
    resourceGroupName: group.name,
    identity: { type: "SystemAssigned" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
      securitySettings: { softDeleteSettings: { state: "Off" } },
    },
  });
  const policy = new dataprotection.BackupPolicy("daily", {
    resourceGroupName: group.name,
    vaultName: vault.name,
    ...policyDocument("Microsoft.Compute/disks", [
      backupRule("OperationalStore", "R/2026-01-01T02:00:00+00:00/P1D"),
      retentionRule("OperationalStore"),
    ]),
  });
  const disk = new compute.Disk("disk", {
    resourceGroupName: group.name,
    creationData: { createOption: "Empty" },
    diskSizeGB: config.getNumber("diskSizeInGB") ?? 4,
    sku: { name: "Standard_LRS" },
    ...(config.get("diskName") ? { diskName: config.require("diskName") } : {}),
    location: config.get("diskLocation"),
  });
  const account = new storage.StorageAccount("account", {
    resourceGroupName: group.name,
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    enableHttpsTrafficOnly: true,
    tags: { note: config.getSecret("note") ?? pulumi.secret("hush") },
  });
  const container = new storage.BlobContainer("invoices", {
    resourceGroupName: group.name,
    accountName: account.name,
  });
  const role = new authorization.RoleAssignment("reader", {
    scope: disk.id,
    principalId: vault.identity.apply((identity) => identity?.principalId ?? ""),
    principalType: "ServicePrincipal",
    roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${config.get("role") ?? backupReader}`,
  });
  const { objectId } = await authorization.getClientConfig();
  return {
    objectId,
    diskId: disk.id,
    diskSizeInGB: disk.diskSizeGB,
    diskLocation: disk.location,
    accountName: account.name,
    httpsOnly: account.enableHttpsTrafficOnly,
    note: account.tags,
    containerId: container.id,
    policyName: policy.name,
    principalId: role.principalId,
    vaultState: vault.properties.provisioningState,
  };
}

describeWithPulumi("the stand-in for azure-native, under the real engine", (pulumiCommand) => {
  let emulator: Emulator;
  let opened: OpenStack;
  let folder: string;
  const output: string[] = [];
  const onOutput = (text: string): void => void output.push(text);

  beforeAll(async () => {
    emulator = await startEmulator({ speed: 100 });
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "with spaces "));
    opened = await openStack({
      emulator,
      pulumiCommand: await pulumiCommand(),
      stackName: "test",
      programFolder: projectFolder,
      folder,
      program,
    });
  }, 60_000);

  afterAll(async () => {
    await opened?.close();
    await emulator?.stop();
    await fs.rmdir(folder);
  });

  it("previews values that are not known yet without judging them or asking for them", async () => {
    const { changeSummary } = await opened.stack.preview();

    expect(changeSummary.create).toBe(8);
    expect(emulator.remainingResourceIds()).toEqual([]);
  }, 60_000);

  it("creates one of each type, with azure-native's names, locations and outputs", async () => {
    const { outputs } = await opened.stack.up({ onOutput });

    expect(outputs.diskId?.value).toMatch(
      new RegExp(
        `^/subscriptions/${emulator.subscriptionId}/resourceGroups/group[0-9a-f]{8}` +
          "/providers/Microsoft.Compute/disks/disk[0-9a-f]{8}$",
      ),
    );
    expect(outputs.accountName?.value).toMatch(/^account[0-9a-f]{8}$/);
    expect(outputs.containerId?.value).toMatch(/\/blobServices\/default\/containers\/invoices$/);
    expect(outputs).toMatchObject({
      diskSizeInGB: { value: 4 },
      diskLocation: { value: "westeurope" },
      httpsOnly: { value: true },
      policyName: { value: "daily" },
      vaultState: { value: "Succeeded" },
      note: { value: { note: "hush" }, secret: true },
    });
    expect(outputs.principalId?.value).toMatch(/^[0-9a-f-]{36}$/);
    expect(outputs.objectId?.value).toMatch(/^[0-9a-f-]{36}$/);
  }, 60_000);

  it("says that it is a stand-in, and keeps secrets out of the state", async () => {
    const state = await fs.readFile(
      path.join(opened.folder, "backend/.pulumi/stacks/emulated/test.json"),
      "utf8",
    );

    expect(output.join("")).toContain("azure-native: stand-in plugin of pulumi-azure-dataprotection");
    expect(state).toContain("storageAccounts/account");
    expect(state).not.toContain("hush");
  }, 60_000);

  it("has nothing to do when nothing changed", async () => {
    const { summary } = await opened.stack.up();

    expect(summary.resourceChanges).toEqual({ same: 8 });
  }, 60_000);

  it("updates in place what can be changed", async () => {
    await opened.stack.setAllConfig({ diskSizeInGB: { value: "8" } });
    const { summary, outputs } = await opened.stack.up();

    expect(summary.resourceChanges).toEqual({ same: 7, update: 1 });
    expect(outputs.diskSizeInGB?.value).toBe(8);
  }, 60_000);

  it("replaces what cannot be changed, and what depends on it", async () => {
    await opened.stack.setConfig("diskName", { value: "named" });
    const { summary, outputs } = await opened.stack.up();

    expect(summary.resourceChanges).toEqual({ same: 6, replace: 2 });
    expect(outputs.diskId?.value).toMatch(/\/disks\/named$/);
    expect(emulator.remainingResourceIds().filter((id) => /\/disks\/[^/]+$/.test(id))).toHaveLength(1);
  }, 60_000);

  it("finds no change in a refresh when there was none", async () => {
    const { summary } = await opened.stack.refresh();

    expect(summary.resourceChanges).toEqual({ same: 8 });
  }, 60_000);

  it("refuses to take over what is there already", async () => {
    const { deployment, version } = await opened.stack.exportStack();
    const state = deployment as { resources: { type: string }[] };
    const forgotten = state.resources.filter(({ type }) => !type.endsWith(":RoleAssignment"));
    const withoutDisk = forgotten.filter(({ type }) => !type.endsWith(":Disk"));
    await opened.stack.importStack({
      version: version ?? 3,
      deployment: { ...state, resources: withoutDisk },
    });

    await expect(opened.stack.up()).rejects.toThrow(
      /cannot create already existing resource '\/subscriptions\/.*\/disks\/named'/,
    );
    await opened.stack.importStack({ version: version ?? 3, deployment });
  }, 60_000);

  it("shows the service's code and message", async () => {
    await opened.stack.setConfig("role", { value: "00000000-0000-4000-8000-000000000000" });

    await expect(opened.stack.up()).rejects.toThrow(
      /Status=400 Code="RoleDefinitionDoesNotExist" Message=".+"/,
    );
    await opened.stack.removeConfig("role");
  }, 60_000);

  it("deletes everything", async () => {
    const { summary } = await opened.stack.destroy();

    expect(summary.resourceChanges).toEqual({ delete: 8 });
    expect(emulator.remainingResourceIds()).toEqual([]);
  }, 60_000);
});

describeWithPulumi("the stand-in for azure-native, away from the emulator", (pulumiCommand) => {
  it("refuses a Resource Manager that is not on this machine", async () => {
    const opened = await openStack({
      emulator: { environment: { ARM_RESOURCE_MANAGER_ENDPOINT: "https://management.azure.com" } },
      pulumiCommand: await pulumiCommand(),
      stackName: "test",
      programFolder: projectFolder,
      program: async () => void new resources.ResourceGroup("group", { location: "westeurope" }),
    });

    await expect(opened.stack.preview()).rejects.toThrow(
      /refusing to talk to https:\/\/management\.azure\.com/,
    );
    await opened.close();
  }, 60_000);
});
