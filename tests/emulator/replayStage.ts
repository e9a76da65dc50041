import type { EmulatorOptions } from "../../emulator";
import { startEmulator } from "../../emulator";
import { readRecording } from "../conformance/recordings";
import type { CheckedExchange } from "../conformance/openApi";
import { Client } from "./client";
import type { Json, Reply } from "./client";
import { policy, roleGuids } from "./landscape";

const subscriptionId = "00000000-0000-0000-0000-000000000000";
export const groupId = `/subscriptions/${subscriptionId}/resourceGroups/clitest-dpp-rg`;
const location = "centraluseuap";
const blobs = "Microsoft.Storage/storageAccounts/blobServices";
const disks = "Microsoft.Compute/disks";
const createdBefore = 24 * 60 * 60 * 1000;

/** What was there before a flow was recorded, and how long the service took that day. */
export interface Preparation {
  durationsInMs: EmulatorOptions["durationsInMs"];
  vaults: { name: string; policies: Record<string, { datasourceType: string; dataStoreType: string }> }[];
  diskName?: string;
  account?: { name: string; container: string };
  /** An instance that is protected already, as `vault/instance`. */
  protectedInstance?: { vaultName: string; name: string; properties: Json };
}

export const diskPolicy = { datasourceType: disks, dataStoreType: "OperationalStore" };
export const vaultedBlobPolicy = { datasourceType: blobs, dataStoreType: "VaultStore" };
export const vaultIdOf = (name: string): string =>
  `${groupId}/providers/Microsoft.DataProtection/backupVaults/${name}`;

/** One recorded exchange, and what the emulator answered to the same request at the same time. */
export interface Replayed {
  recorded: CheckedExchange;
  emulated: Reply;
}

/** Feeds a recording's requests to an emulator that was prepared to match, at the times at which they were sent. */
export async function replay(name: string, preparation: Preparation): Promise<Replayed[]> {
  const recording = readRecording(name);
  const clock = { now: timeOf(recording[0]!) - createdBefore };
  const emulator = await startEmulator({
    subscriptionId,
    now: () => clock.now,
    durationsInMs: preparation.durationsInMs!,
  });
  const client = new Client(emulator);
  await prepare(client, preparation, (seconds) => (clock.now += seconds * 1000));
  client.forgetToken();

  const followed = new Map<string, string>();
  const replayed: Replayed[] = [];
  for (const recorded of recording) {
    clock.now = timeOf(recorded);
    const url = followed.get(recorded.url) ?? recorded.url.replace(/^https:\/\/[^/]+/, "");
    const body = recorded.requestBody ?? undefined;
    const emulated = await client.call(recorded.method, url, body);
    for (const header of ["azure-asyncoperation", "location"]) {
      const handedOut = recorded.responseHeaders?.[header];
      if (handedOut && emulated.headers[header]) {
        followed.set(handedOut, emulated.headers[header]);
      }
    }
    replayed.push({ recorded, emulated });
  }
  client.close();
  await emulator.stop();
  return replayed;
}

function timeOf({ responseHeaders }: CheckedExchange): number {
  return Date.parse(responseHeaders!["date"]!);
}

async function prepare(
  client: Client,
  { vaults, diskName, account, protectedInstance }: Preparation,
  passInSeconds: (seconds: number) => void,
): Promise<void> {
  const put = async (id: string, body: Json): Promise<Json> => {
    const { status, body: answered } = await client.put(id, body);
    if (status >= 300) {
      throw new Error(`${id}: ${status} ${JSON.stringify(answered)}`);
    }
    return answered;
  };
  const assign = (scope: string, role: keyof typeof roleGuids, principalId: string): Promise<Json> =>
    put(`${scope}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`, {
      properties: { roleDefinitionId: roleGuids[role], principalId, principalType: "ServicePrincipal" },
    });
  await put(groupId, { location });
  if (diskName) {
    const properties = { creationData: { createOption: "Empty" }, diskSizeGB: 4 };
    await put(`${groupId}/providers/${disks}/${diskName}`, { location, properties });
  }
  if (account) {
    const accountId = `${groupId}/providers/Microsoft.Storage/storageAccounts/${account.name}`;
    await put(accountId, { location, kind: "StorageV2", sku: { name: "Standard_LRS" } });
    await put(`${accountId}/blobServices/default/containers/${account.container}`, {});
  }
  for (const { name, policies } of vaults) {
    const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
    const identity = { type: "SystemAssigned" };
    const vault = await put(vaultIdOf(name), { location, identity, properties: { storageSettings } });
    for (const [policyName, { datasourceType, dataStoreType }] of Object.entries(policies)) {
      await put(`${vaultIdOf(name)}/backupPolicies/${policyName}`, policy(datasourceType, dataStoreType));
    }
    for (const role of [
      "diskBackupReader",
      "diskSnapshotContributor",
      "storageAccountBackupContributor",
    ] as const) {
      await assign(groupId, role, vault.identity.principalId);
    }
  }
  passInSeconds(60);
  if (protectedInstance) {
    const { vaultName, name, properties } = protectedInstance;
    await put(`${vaultIdOf(vaultName)}/backupInstances/${name}`, { properties });
    passInSeconds(600);
  }
}
