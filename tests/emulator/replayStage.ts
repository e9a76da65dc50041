import type { EmulatorOptions } from "../../emulator";
import { startEmulator } from "../../emulator";
import { readRecording } from "../conformance/recordings";
import type { CheckedExchange } from "../conformance/openApi";
import { Client } from "./client";
import type { Json, Reply } from "./client";
import { policyDocument, backupRule, retentionRule } from "../wire/policyDocuments";
import { roleGuids } from "./landscape";

const subscriptionId = "00000000-0000-0000-0000-000000000000";
/** Queries of Resource Graph name the subscription of their recording as it is, and nothing else does. */
const unscrubbedSubscriptionId = "38304e13-357e-405e-9e9a-220351dcce8c";
const groupIdOf = (name: string): string => `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
export const groupId = groupIdOf("clitest-dpp-rg");
const location = "centraluseuap";
const blobs = "Microsoft.Storage/storageAccounts/blobServices";
const disks = "Microsoft.Compute/disks";
const dayInMs = 24 * 60 * 60 * 1000;

/** What was there before a flow was recorded, and how long the service took that day. */
export interface Preparation {
  durationsInMs?: EmulatorOptions["durationsInMs"];
  /** The resource group, where it is another one. */
  group?: { name: string; tags?: Record<string, string> };
  vaults?: {
    name: string;
    policies: Record<string, PreparedPolicy>;
    tags?: Record<string, string>;
    softDelete?: "Off";
  }[];
  diskName?: string;
  accounts?: { name: string; container?: string }[];
  /** Instances that are protected already. */
  protectedInstances?: { vaultName: string; name: string; properties: Json }[];
  /** For how many days; 1 without it. */
  sinceInDays?: number;
}

/** A policy that makes no backups by itself, unless it has a rule for that. */
interface PreparedPolicy {
  datasourceType: string;
  dataStoreType: string;
  retention?: string;
  backups?: { ruleName: string; repeating: string };
}

export const diskPolicy: PreparedPolicy = { datasourceType: disks, dataStoreType: "OperationalStore" };
export const vaultedBlobPolicy: PreparedPolicy = {
  datasourceType: blobs,
  dataStoreType: "VaultStore",
  backups: { ruleName: "BackupWeekly", repeating: "R/2024-01-07T02:00:00+00:00/P1W" },
};
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
  const clock = { now: timeOf(recording[0]!) - (preparation.sinceInDays ?? 1) * dayInMs };
  const emulator = await startEmulator({
    subscriptionId,
    now: () => clock.now,
    ...(preparation.durationsInMs ? { durationsInMs: preparation.durationsInMs } : {}),
  });
  const client = new Client(emulator);
  await prepare(client, preparation, (seconds) => (clock.now += seconds * 1000));
  client.forgetToken();

  const followed = new Map<string, string>();
  const names = new ServiceNames();
  const replayed: Replayed[] = [];
  for (const recorded of recording) {
    clock.now = timeOf(recorded);
    const url = followed.get(recorded.url) ?? names.translate(recorded.url.replace(/^https:\/\/[^/]+/, ""));
    const body = names.translate(recorded.requestBody ?? undefined);
    const emulated = await client.call(recorded.method, url, body);
    names.learn(recorded.responseBody, emulated.body);
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

/** Names that the service gives, of recovery points and jobs: those of a recording, and the emulator's for the same. */
class ServiceNames {
  private readonly emulated = new Map<string, string>([[unscrubbedSubscriptionId, subscriptionId]]);

  learn(recorded: Json, emulated: Json): void {
    if (typeof recorded === "string" && typeof emulated === "string") {
      const [one, other] = [serviceNameIn(recorded), serviceNameIn(emulated)];
      if (one && other && !this.emulated.has(one)) {
        this.emulated.set(one, other);
      }
    } else if (recorded && emulated && typeof recorded === "object" && typeof emulated === "object") {
      Object.keys(recorded).forEach((key) => this.learn(recorded[key], emulated[key]));
    }
  }

  /** A URL, or a body, with the emulator's names. */
  translate<Value>(value: Value): Value {
    let text = JSON.stringify(value);
    for (const [recorded, emulated] of this.emulated) {
      text = text?.replaceAll(recorded, emulated);
    }
    return text === undefined ? value : (JSON.parse(text) as Value);
  }
}

function serviceNameIn(text: string): string | undefined {
  return /(?:^|\/backupJobs\/|\/recoveryPoints\/)([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
    text,
  )?.[1];
}

function timeOf({ responseHeaders }: CheckedExchange): number {
  return Date.parse(responseHeaders!["date"]!);
}

async function prepare(
  client: Client,
  { group, vaults = [], diskName, accounts = [], protectedInstances = [] }: Preparation,
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
  const { name, tags } = group ?? { name: "clitest-dpp-rg" };
  await put(groupIdOf(name), { location, ...(tags ? { tags } : {}) });
  if (diskName) {
    const sku = { name: "StandardSSD_LRS" };
    const properties = { creationData: { createOption: "Empty" }, diskSizeGB: 4 };
    await put(`${groupId}/providers/${disks}/${diskName}`, { location, sku, properties });
  }
  for (const account of accounts) {
    const accountId = accountIdOf(account.name);
    await put(accountId, { location, kind: "StorageV2", sku: { name: "Standard_LRS" } });
    if (account.container) {
      await put(`${accountId}/blobServices/default/containers/${account.container}`, {});
    }
  }
  for (const { name, policies, tags, softDelete = "On" } of vaults) {
    const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
    const identity = { type: "SystemAssigned" };
    const securitySettings = { softDeleteSettings: { state: softDelete } };
    const properties = { storageSettings, securitySettings };
    const vault = await put(vaultIdOf(name), { location, identity, ...(tags ? { tags } : {}), properties });
    for (const [policyName, prepared] of Object.entries(policies)) {
      await put(`${vaultIdOf(name)}/backupPolicies/${policyName}`, documentOf(prepared));
    }
    for (const role of [
      "diskBackupReader",
      "diskSnapshotContributor",
      "diskRestoreOperator",
      "storageAccountBackupContributor",
    ] as const) {
      await assign(groupId, role, vault.identity.principalId);
    }
  }
  passInSeconds(60);
  for (const { vaultName, name, properties } of protectedInstances) {
    await put(`${vaultIdOf(vaultName)}/backupInstances/${name}`, { properties });
  }
  passInSeconds(600);
}

export const accountIdOf = (name: string): string =>
  `${groupId}/providers/Microsoft.Storage/storageAccounts/${name}`;

function documentOf({ datasourceType, dataStoreType, retention, backups }: PreparedPolicy): Json {
  const backup = backups && { ...backupRule(dataStoreType, backups.repeating), name: backups.ruleName };
  return policyDocument(datasourceType, [
    ...(backup ? [backup] : []),
    retentionRule(dataStoreType, retention),
  ]);
}
