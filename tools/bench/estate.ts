import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import type { Emulator } from "../../emulator/index";

/** What is there before anything is protected. */
export interface Estate {
  vault: { id: string; principalId: string; location: string };
  policyId: string;
  snapshotResourceGroupId: string;
  diskIds: string[];
}

export interface EstateOptions {
  diskCount: number;
  /** Whether the vault's identity has its roles already. */
  hasRoles: boolean;
}

const location = "westeurope";
const apiVersions = {
  "Microsoft.Compute": "2024-03-02",
  "Microsoft.DataProtection": "2025-07-01",
  "Microsoft.Authorization": "2022-04-01",
} as const;
const resourceGroupApiVersion = "2024-03-01";
const diskBackupReader = "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24";
const diskSnapshotContributor = "7efff54f-a5b4-42b5-a1c5-5411624893ce";

/** Puts disks, a vault and a policy into an emulator, and the vault's roles on the groups of disks and snapshots. */
export async function buildEstate(
  emulator: Emulator,
  { diskCount, hasRoles }: EstateOptions,
): Promise<Estate> {
  const { put, close } = await openClient(emulator);
  try {
    const subscription = `/subscriptions/${emulator.subscriptionId}`;
    const groupId = `${subscription}/resourceGroups/data`;
    const snapshotResourceGroupId = `${subscription}/resourceGroups/snapshots`;
    await put(groupId, { location });
    await put(snapshotResourceGroupId, { location });
    const vaultId = `${groupId}/providers/Microsoft.DataProtection/backupVaults/vault`;
    const vault = (await put(vaultId, vaultBody)) as { identity: { principalId: string } };
    const { principalId } = vault.identity;
    const policyId = `${vaultId}/backupPolicies/daily`;
    await put(policyId, policyBody);
    const diskIds = Array.from(
      { length: diskCount },
      (_, index) => `${groupId}/providers/Microsoft.Compute/disks/data${index}`,
    );
    await Promise.all(diskIds.map((id) => put(id, diskBody)));
    for (const [scope, role] of hasRoles
      ? ([
          [groupId, diskBackupReader],
          [snapshotResourceGroupId, diskSnapshotContributor],
        ] as const)
      : []) {
      await put(`${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`, {
        properties: {
          principalId,
          principalType: "ServicePrincipal",
          roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
        },
      });
    }
    return { vault: { id: vaultId, principalId, location }, policyId, snapshotResourceGroupId, diskIds };
  } finally {
    close();
  }
}

const vaultBody = {
  location,
  identity: { type: "SystemAssigned" },
  properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
};
const diskBody = {
  location,
  properties: { creationData: { createOption: "Empty" }, diskSizeGB: 4 },
};
const policyBody = {
  properties: {
    objectType: "BackupPolicy",
    datasourceTypes: ["Microsoft.Compute/disks"],
    policyRules: [
      {
        objectType: "AzureRetentionRule",
        name: "Default",
        isDefault: true,
        lifecycles: [
          {
            deleteAfter: { objectType: "AbsoluteDeleteOption", duration: "P7D" },
            sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
          },
        ],
      },
    ],
  },
};

interface Client {
  /** Puts a resource, and gives what the service answers. */
  put: (id: string, body: object) => Promise<unknown>;
  close: () => void;
}

async function openClient({ url, environment, certificateFile, tenantId }: Emulator): Promise<Client> {
  const agent = new Agent({ ca: readFileSync(certificateFile), keepAlive: true, maxSockets: 16 });
  const send = (
    method: string,
    path: string,
    text: string,
    headers: Record<string, string>,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const outgoing = request(`${url}${path}`, { method, headers, agent }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("end", () => {
          const answered = Buffer.concat(chunks).toString();
          if ((incoming.statusCode ?? 500) >= 300) {
            reject(new Error(`building the estate: ${method} ${path}: ${incoming.statusCode} ${answered}`));
          } else {
            resolve(JSON.parse(answered));
          }
        });
      });
      outgoing.on("error", reject).end(text);
    });

  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: environment["ARM_CLIENT_ID"]!,
    client_secret: environment["ARM_CLIENT_SECRET"]!,
    scope: `${environment["ARM_RESOURCE_MANAGER_AUDIENCE"]}/.default`,
  });
  const { access_token } = (await send("POST", `/${tenantId}/oauth2/v2.0/token`, form.toString(), {
    "Content-Type": "application/x-www-form-urlencoded",
  })) as { access_token: string };
  const headers = { Authorization: `Bearer ${access_token}`, "Content-Type": "application/json" };
  return {
    put: (id, body) => send("PUT", `${id}?api-version=${apiVersionOf(id)}`, JSON.stringify(body), headers),
    close: () => agent.destroy(),
  };
}

function apiVersionOf(id: string): string {
  const namespace = id.match(/(?<=\/providers\/)[^/]+/g)?.at(-1);
  return namespace === undefined
    ? resourceGroupApiVersion
    : apiVersions[namespace as keyof typeof apiVersions];
}
