import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import * as azure from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import { otherTenantId, otherTenantSubscriptionId } from "../../emulator/accounts";
import { BackupInstance, BackupVault, BlobBackup, DiskBackup } from "../../components";
import type { OpenStack } from "../../tools/engine/stack";
import { openStack } from "../../tools/engine/stack";
import { backupInstanceType } from "../../provider/resources/providerText";
import { Estate } from "../wire/estate";
import { prepareExistingVault } from "./example";
import { describeWithPulumi } from "./withPulumi";

const repository = path.resolve(__dirname, "../..");
const emulatorCloud = (emulator: Emulator): azure.ProviderArgs => ({
  metadataHost: emulator.environment.ARM_METADATA_HOSTNAME,
  clientId: emulator.environment.ARM_CLIENT_ID,
  clientSecret: emulator.environment.ARM_CLIENT_SECRET,
});

/** For each request to a subscription, the tenant in whose name it was signed. */
function tenantsBySubscription({ exchanges }: Emulator): Record<string, string[]> {
  const tenants = new Map<string, Set<string>>();
  for (const { url, requestHeaders } of exchanges) {
    const subscription = /^\/subscriptions\/([^/?]+)\/resourceGroups\//i.exec(url)?.[1];
    const token = /^Bearer [^.]+\.([^.]+)\./.exec(requestHeaders.authorization ?? "")?.[1];
    if (subscription !== undefined && token !== undefined) {
      const { tid } = JSON.parse(Buffer.from(token, "base64url").toString()) as { tid: string };
      tenants.set(subscription, (tenants.get(subscription) ?? new Set()).add(tid));
    }
  }
  return Object.fromEntries([...tenants].map(([subscription, set]) => [subscription, [...set]]));
}

/** A disk, an account, a vault, and their backups, all in the subscription and the tenant of one azure-native provider. */
function backups(name: string, args: azure.ProviderArgs): pulumi.Output<string>[] {
  const provider = new azure.Provider(name, args);
  const { name: resourceGroupName } = new azure.resources.ResourceGroup(
    `${name}-data`,
    { location: "westeurope" },
    { provider },
  );
  const disk = new azure.compute.Disk(
    `${name}-data`,
    {
      resourceGroupName,
      sku: { name: "StandardSSD_LRS" },
      diskSizeGB: 4,
      creationData: { createOption: "Empty" },
    },
    { provider },
  );
  const account = new azure.storage.StorageAccount(
    `${name}files`,
    { resourceGroupName, kind: "StorageV2", sku: { name: "Standard_LRS" } },
    { provider },
  );
  const opts = { providers: [provider] };
  const softDelete = { state: "off", acknowledge: "deleted backups are lost" } as const;
  const vault = new BackupVault(`${name}-backups`, { location: "westeurope", softDelete }, opts);
  const diskBackup = new DiskBackup(`${name}-disk`, { diskId: disk.id, vault, policy: "disks" }, opts);
  const blobBackup = new BlobBackup(
    `${name}-blobs`,
    { storageAccountId: account.id, vault, policy: "blobs" },
    { provider },
  );
  return [diskBackup.protectionState, blobBackup.protectionState];
}

describeWithPulumi("explicit azure-native providers", (pulumiCommand) => {
  let emulator: Emulator;
  let opened: OpenStack;
  let secret: string;

  beforeAll(async () => {
    emulator = await startEmulator({ speed: 500 });
    secret = emulator.environment.ARM_CLIENT_SECRET ?? "";
  });
  afterAll(async () => {
    await opened.close();
    await emulator.stop();
  });
  const open = async (program: pulumi.automation.PulumiFn): Promise<OpenStack> =>
    openStack({
      emulator,
      pulumiCommand: await pulumiCommand(),
      stackName: "dev",
      program,
      programFolder: repository,
    });

  it("of two tenants sign each request in the name of their own", async () => {
    const { ARM_TENANT_ID: tenantId, ARM_SUBSCRIPTION_ID: subscriptionId } = emulator.environment;
    const cloud = emulatorCloud(emulator);
    opened = await open(async () => ({
      states: pulumi.all([
        ...backups("home", { ...cloud, tenantId, subscriptionId }),
        ...backups("abroad", {
          ...cloud,
          tenantId: otherTenantId,
          subscriptionId: otherTenantSubscriptionId,
        }),
      ]),
    }));
    const { outputs } = await opened.stack.up();
    expect(outputs.states?.value).toEqual(Array<string>(4).fill("ProtectionConfigured"));
    expect(tenantsBySubscription(emulator)).toEqual({
      [String(subscriptionId)]: [tenantId],
      [otherTenantSubscriptionId]: [otherTenantId],
    });
  }, 180_000);

  it("have nothing to do the second time, and are used by a refresh and a destroy from state", async () => {
    expect(Object.keys((await opened.stack.up()).summary.resourceChanges ?? {})).toEqual(["same"]);
    const before = readState(opened.folder);
    expect(before.some((text) => text.includes(backupInstanceType))).toBe(true);
    expect(before.filter((text) => text.includes(secret))).toEqual([]);
    await opened.stack.refresh();
    await opened.stack.destroy();
    expect(emulator.remainingResourceIds()).toEqual([]);
    expect(Object.values(tenantsBySubscription(emulator)).map((tenants) => tenants.length)).toEqual([1, 1]);
  }, 180_000);
});

function readState(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), "utf8"));
}

describeWithPulumi(
  "a stack that gets an explicit azure-native provider, and loses it again",
  (pulumiCommand) => {
    let emulator: Emulator;
    let opened: OpenStack;
    let args: azure.ProviderArgs | undefined;
    let friendlyName = "data";

    beforeAll(async () => {
      emulator = await startEmulator({ speed: 500 });
      const estate = await Estate.build(emulator);
      const {
        vaultId = "",
        policyId = "",
        diskId = "",
        snapshotResourceGroupId = "",
      } = await prepareExistingVault(estate);
      opened = await openStack({
        emulator,
        pulumiCommand: await pulumiCommand(),
        stackName: "dev",
        programFolder: repository,
        program: async () => {
          const provider = args && new azure.Provider("mine", args);
          const datasource = { kind: "disk", diskId, snapshotResourceGroupId } as const;
          const declared = { vaultId, policyId, datasource, friendlyName };
          const instance = new BackupInstance("data", declared, { provider });
          return { state: instance.protectionState };
        },
      });
    });
    afterAll(async () => {
      await opened.close();
      await emulator.stop();
    });
    const changesOf = async (): Promise<Record<string, unknown>> => {
      const { summary, outputs } = await opened.stack.up();
      expect(outputs.state?.value).toBe("ProtectionConfigured");
      return summary.resourceChanges ?? {};
    };

    it("replaces nothing, and signs in as the provider does", async () => {
      expect(await changesOf()).toEqual({ create: 2 });
      const caller = emulator.control.addCaller([{ role: "Owner", scopeId: "/" }]);
      const { ARM_TENANT_ID: tenantId, ARM_SUBSCRIPTION_ID: subscriptionId } = emulator.environment;
      args = { ...emulatorCloud(emulator), ...caller, tenantId, subscriptionId };
      const from = emulator.exchanges.length;
      expect(await changesOf()).toEqual({ create: 2, same: 2 });
      const asked = emulator.exchanges
        .slice(from)
        .filter(({ url }) => url.includes("/oauth2/v2.0/token"))
        .map(({ requestBody }) => (requestBody as { client_id: string }).client_id);
      expect(new Set(asked)).toEqual(new Set([caller.clientId]));
      expect(await changesOf()).toEqual({ same: 4 });
    }, 180_000);

    it("says so on the resources of a provider whose secret is wrong, and goes on with a rotated one", async () => {
      const right = args;
      args = { ...right, clientSecret: "wrong" };
      friendlyName = "renamed";
      await expect(opened.stack.up()).rejects.toThrow("AADSTS7000215");
      args = {
        ...right,
        clientId: emulator.environment.ARM_CLIENT_ID,
        clientSecret: emulator.environment.ARM_CLIENT_SECRET,
      };
      expect(await changesOf()).toEqual({ same: 1, update: 3 });
    }, 180_000);

    it("goes back to the stack's own settings with nothing replaced", async () => {
      args = undefined;
      expect(await changesOf()).toEqual({ delete: 2, same: 2 });
    }, 180_000);
  },
);
