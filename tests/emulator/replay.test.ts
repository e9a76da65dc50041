import { describeWithWireMaterial } from "../conformance/wireMaterial";
import type { Reply } from "./client";
import { compare } from "./replayComparison";
import { knownDifferences } from "./replayDifferences";
import { recoveryPreparations } from "./replayRecovery";
import { diskPolicy, groupId, replay, vaultedBlobPolicy, vaultIdOf } from "./replayStage";
import type { Preparation } from "./replayStage";

const suffix = "b7e6f082-b310-11eb-8f55-9cfce85d4fa1";
const diskRecording = "create_and_delete_disk.json";
const sharedDisk = "clitest-disk-sd-donotdelete";

const resourceGuardTest = (test: string, date: string): Preparation => ({
  durationsInMs: { vaultPut: 0 },
  group: {
    name: "clitest-dpp-resourceguard-000001",
    tags: {
      product: "azurecli",
      cause: "automation",
      test: `test_dataprotection_resource_guard_${test}`,
      date,
      module: "azure-cli-extensions",
    },
  },
});

const persistentVault = "clitest-bkp-vault-persistent-bi-donotdelete";
const persistentDisk = "clitest-disk-persistent-bi-donotdelete";
const persistentDatasource = {
  datasourceType: "Microsoft.Compute/disks",
  resourceID: `${groupId}/providers/Microsoft.Compute/disks/${persistentDisk}`,
  resourceLocation: "centraluseuap",
  resourceName: persistentDisk,
  resourceType: "Microsoft.Compute/disks",
  resourceUri: "",
};

/** Durations are read off the recorded operations; those that were not followed to their end are the pace's own. */
const recordings: Record<string, Preparation> = {
  "backup_vault_create_and_delete.json": { group: { name: "clitest-dpp-backupvault-000001" } },
  "backup_vault_update.json": { group: { name: "clitest-dpp-backupvault-000001" } },
  "backup_policy_create_and_delete.json": { group: { name: "clitest-dpp-backuppolicy-000001" } },
  "backup_vault_list_from_resource_graph.json": {
    vaults: [
      {
        name: persistentVault,
        policies: {},
        tags: { Owner: "vpatel", Purpose: "Testing", MABUsed: "yes" },
        softDelete: "Off",
      },
    ],
  },
  "backup_instance_list_from_resource_graph.json": {
    vaults: [{ name: persistentVault, policies: { diskpolicy: diskPolicy } }],
    diskName: persistentDisk,
    protectedInstances: [
      {
        vaultName: persistentVault,
        name: `${persistentDisk}-${persistentDisk}-e33c80ba-0bf8-11ee-aaa6-002b670b472e`,
        properties: {
          objectType: "BackupInstance",
          friendlyName: persistentDisk,
          dataSourceInfo: { objectType: "Datasource", ...persistentDatasource },
          dataSourceSetInfo: { objectType: "DatasourceSet", ...persistentDatasource },
          policyInfo: {
            policyId: `${vaultIdOf(persistentVault)}/backupPolicies/diskpolicy`,
            policyParameters: {
              dataStoreParametersList: [
                {
                  objectType: "AzureOperationalStoreParameters",
                  dataStoreType: "OperationalStore",
                  resourceGroupId: groupId,
                },
              ],
            },
          },
        },
      },
    ],
  },
  "resource_guard_create_and_delete.json": resourceGuardTest("create_and_delete", "2024-05-08T10:33:17Z"),
  "resource_guard_update.json": resourceGuardTest("update", "2024-05-08T10:33:32Z"),
  "resource_guard_mapping.json": resourceGuardTest("mapping", "2024-05-08T10:33:16Z"),
  ...recoveryPreparations,
  [diskRecording]: {
    durationsInMs: { validation: 41_000, instancePut: 2_500, configuringProtection: 60_000 },
    vaults: [{ name: "clitest-bkp-vault-donotdelete", policies: { diskpolicy: diskPolicy } }],
    diskName: "clitest-disk-donotdelete",
  },
  "create_and_delete_blob.json": {
    durationsInMs: { validation: 21_000, configuringProtection: 60_000 },
    vaults: [{ name: "clitest-bkp-vault-donotdelete", policies: { blobpolicy: vaultedBlobPolicy } }],
    accounts: [{ name: "clitestsadonotdelete", container: "testcontainer" }],
  },
  "softdelete.json": {
    // Two deletions, of 81 and 103 s: this is when both were looked at as they were.
    durationsInMs: { validation: 41_000, instanceDelete: 94_500, protectionChange: 52_000 },
    vaults: [
      { name: "clitest-bkp-vault-sd1-donotdelete", policies: { diskpol: diskPolicy } },
      { name: "clitest-bkp-vault-persistent-bi-donotdelete", policies: { diskpolicy: diskPolicy } },
    ],
    diskName: sharedDisk,
    protectedInstances: [
      {
        vaultName: "clitest-bkp-vault-sd1-donotdelete",
        name: `${sharedDisk}-${sharedDisk}-${suffix}`,
        properties: {
          objectType: "BackupInstance",
          friendlyName: sharedDisk,
          dataSourceInfo: {
            objectType: "Datasource",
            datasourceType: "Microsoft.Compute/disks",
            // Written so by whoever created it: the service keeps the case (softdelete 5).
            resourceID: `${groupId.replace("resourceGroups", "resourcegroups")}/providers/Microsoft.Compute/disks/${sharedDisk}`,
            resourceLocation: "centraluseuap",
            resourceName: sharedDisk,
            resourceType: "Microsoft.Compute/disks",
            resourceUri: "",
          },
          policyInfo: {
            policyId: `${vaultIdOf("clitest-bkp-vault-sd1-donotdelete")}/backupPolicies/diskpol`,
            policyParameters: {
              dataStoreParametersList: [
                {
                  objectType: "AzureOperationalStoreParameters",
                  dataStoreType: "OperationalStore",
                  resourceGroupId: groupId,
                },
              ],
            },
          },
        },
      },
    ],
  },
};

function shorten({ headers }: Reply, part: RegExp, padding = 0): void {
  const url = headers["azure-asyncoperation"]!.replace(part, "https://127.0.0.1");
  headers["azure-asyncoperation"] = `${url}${"&c=".padEnd(padding, "x")}`;
}

describeWithWireMaterial("the emulator and the service, asked the same at the same times", () => {
  const occurred = new Set<RegExp>();

  it.each(Object.entries(recordings))("%s: every answer is the recorded one", async (name, preparation) => {
    const unlisted: string[] = [];
    for (const [index, replayed] of (await replay(name, preparation)).entries()) {
      const { method, url } = replayed.recorded;
      for (const { where, recorded, emulated } of compare(replayed)) {
        const place = `${name} ${index + 1} ${method} ${url.split("?")[0]!.split("/").slice(-2)[0]}: ${where}`;
        const known = knownDifferences.find((one) => one.where.test(place));
        if (known) {
          occurred.add(known.where);
        } else {
          unlisted.push(`${place}: recorded ${String(recorded)}, emulated ${String(emulated)}`);
        }
      }
    }
    expect(unlisted).toEqual([]);
  });

  it.each<[string, (reply: Reply) => unknown]>([
    ["status", (reply) => (reply.status = 200)],
    ["header content-type", (reply) => delete reply.headers["content-type"]],
    ["header azure-asyncoperation", (reply) => shorten(reply, /&?api-version=[^&]*/)],
    ["header azure-asyncoperation, length", (reply) => shorten(reply, /^https:\/\/[^/]+\/[^/]+\/[^/]+/, 200)],
    [
      "header x-ms-ratelimit-remaining-subscription-resource-requests",
      ({ headers }) => (headers["x-ms-ratelimit-remaining-subscription-resource-requests"] = "1999"),
    ],
    ["body.properties.provisioningState", ({ body }) => (body.properties.provisioningState = "Provisioned")],
    ["body.properties.policyInfo", ({ body }) => delete body.properties.policyInfo],
    ["body.location", ({ body }) => (body.location = "centraluseuap")],
    [
      "body, order of names",
      (reply) => (reply.body = Object.fromEntries(Object.entries(reply.body).reverse())),
    ],
  ])("would notice another %s", async (where, change) => {
    const replayed = await replay(diskRecording, recordings[diskRecording]!);
    const put = replayed.find(({ recorded }) => recorded.method === "PUT")!;
    expect(compare(put)).toEqual([]);
    change(put.emulated);
    expect(compare(put).map((difference) => difference.where)).toContain(where);
  });

  it("lists no difference that is none any more", () => {
    const gone = knownDifferences
      .filter(({ where }) => !occurred.has(where))
      .map(({ where }) => String(where));
    expect(gone).toEqual([]);
  });
});
