import { randomUUID } from "node:crypto";
import { startEmulator } from "../../emulator";
import type { Emulator, EmulatorOptions } from "../../emulator";
import { summarise } from "../conformance/openApi";
import { policyDocument, retentionRule } from "../wire/policyDocuments";
import { Client } from "./client";
import type { Json, Reply } from "./client";

export const roleGuids = {
  diskBackupReader: "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
  diskSnapshotContributor: "7efff54f-a5b4-42b5-a1c5-5411624893ce",
  diskRestoreOperator: "b50d9833-a0cb-478e-945f-707fcc997c13",
  storageAccountBackupContributor: "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1",
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
};

/** An emulator whose clock only moves when told, with a group, a vault, policies, a disk and an account in it. */
export class Landscape {
  readonly groupId: string;
  readonly vaultId: string;
  readonly diskId: string;
  readonly accountId: string;
  readonly snapshotGroupId: string;
  principalId = "";

  private constructor(
    readonly emulator: Emulator,
    readonly client: Client,
    private readonly clock: { now: number },
  ) {
    const subscription = `/subscriptions/${emulator.subscriptionId}`;
    this.groupId = `${subscription}/resourceGroups/backups`;
    this.snapshotGroupId = `${subscription}/resourceGroups/snapshots`;
    this.vaultId = this.vaultIdOf("vault");
    this.diskId = `${this.groupId}/providers/Microsoft.Compute/disks/data`;
    this.accountId = `${this.groupId}/providers/Microsoft.Storage/storageAccounts/invoices`;
  }

  static async start(options: EmulatorOptions & { apiVersion?: string } = {}): Promise<Landscape> {
    const clock = { now: Date.parse("2026-11-20T10:00:00Z") };
    const emulator = await startEmulator({ now: () => clock.now, ...options });
    const landscape = new Landscape(emulator, new Client(emulator, options.apiVersion), clock);
    await landscape.build();
    return landscape;
  }

  private async build(): Promise<void> {
    await this.ok(this.client.put(this.groupId, { location: "westeurope" }));
    await this.ok(this.client.put(this.snapshotGroupId, { location: "westeurope" }));
    this.principalId = await this.createVault("vault");
    await this.ok(
      this.client.put(this.diskId, {
        location: "westeurope",
        properties: { creationData: { createOption: "Empty" }, diskSizeGB: 4 },
      }),
    );
    await this.ok(
      this.client.put(this.accountId, {
        location: "westeurope",
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
        properties: {},
      }),
    );
    await this.ok(this.client.put(`${this.accountId}/blobServices/default/containers/one`, {}));
  }

  vaultIdOf(name: string): string {
    return `${this.groupId}/providers/Microsoft.DataProtection/backupVaults/${name}`;
  }

  /** A vault with the policies `disk`, `operational` and `vaulted`; answers with its principal's id. */
  async createVault(name: string, securitySettings?: Json): Promise<string> {
    const vaultId = this.vaultIdOf(name);
    const { body } = await this.ok(
      this.client.put(vaultId, {
        location: "West Europe",
        identity: { type: "SystemAssigned" },
        properties: {
          storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
          ...(securitySettings ? { securitySettings } : {}),
        },
      }),
    );
    const blobs = "Microsoft.Storage/storageAccounts/blobServices";
    await this.ok(
      this.client.put(
        `${vaultId}/backupPolicies/disk`,
        policy("Microsoft.Compute/disks", "OperationalStore"),
      ),
    );
    await this.ok(
      this.client.put(
        `${vaultId}/backupPolicies/disk2`,
        policy("Microsoft.Compute/disks", "OperationalStore"),
      ),
    );
    await this.ok(
      this.client.put(`${vaultId}/backupPolicies/operational`, policy(blobs, "OperationalStore")),
    );
    await this.ok(this.client.put(`${vaultId}/backupPolicies/vaulted`, policy(blobs, "VaultStore")));
    return body.identity.principalId as string;
  }

  diskInstance(policyId = `${this.vaultId}/backupPolicies/disk`): Json {
    return {
      dataSourceInfo: {
        datasourceType: "Microsoft.Compute/disks",
        objectType: "Datasource",
        resourceID: this.diskId,
        resourceLocation: "westeurope",
        resourceName: "data",
        resourceType: "Microsoft.Compute/disks",
        resourceUri: "",
      },
      friendlyName: "data",
      objectType: "BackupInstance",
      policyInfo: {
        policyId,
        policyParameters: {
          dataStoreParametersList: [
            {
              dataStoreType: "OperationalStore",
              objectType: "AzureOperationalStoreParameters",
              resourceGroupId: this.snapshotGroupId,
            },
          ],
        },
      },
    };
  }

  blobInstance(containers?: string[]): Json {
    return {
      dataSourceInfo: {
        datasourceType: "Microsoft.Storage/storageAccounts/blobServices",
        objectType: "Datasource",
        resourceID: this.accountId,
        resourceLocation: "westeurope",
        resourceName: "invoices",
        resourceType: "Microsoft.Storage/storageAccounts",
        resourceUri: this.accountId,
      },
      friendlyName: "invoices",
      objectType: "BackupInstance",
      policyInfo: {
        policyId: `${this.vaultId}/backupPolicies/${containers ? "vaulted" : "operational"}`,
        ...(containers
          ? {
              policyParameters: {
                backupDatasourceParametersList: [
                  { objectType: "BlobBackupDatasourceParameters", containersList: containers },
                ],
              },
            }
          : {}),
      },
    };
  }

  assign(role: keyof typeof roleGuids, scope: string, principalId = this.principalId): Promise<Reply> {
    return this.client.put(`${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`, {
      properties: {
        roleDefinitionId: `/subscriptions/${this.emulator.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roleGuids[role]}`,
        principalId,
        principalType: "ServicePrincipal",
      },
    });
  }

  /** All roles for the disk and the account, long enough ago that they count. */
  async grant(principalId = this.principalId): Promise<void> {
    await this.ok(this.assign("diskBackupReader", this.diskId, principalId));
    await this.ok(this.assign("diskSnapshotContributor", this.snapshotGroupId, principalId));
    await this.ok(this.assign("storageAccountBackupContributor", this.accountId, principalId));
    this.passInSeconds(20);
  }

  /** Creates an instance and lets the time pass until its protection is settled. */
  async protect(name: string, properties: Json, vaultId = this.vaultId): Promise<Reply> {
    await this.ok(this.client.put(`${vaultId}/backupInstances/${name}`, { properties }));
    this.passInSeconds(31);
    return this.client.get(`${vaultId}/backupInstances/${name}`);
  }

  /** Grants the roles and protects the disk by an instance; answers with the instance's id. */
  async protectDisk(): Promise<string> {
    await this.grant();
    await this.protect("data-1", this.diskInstance());
    return `${this.vaultId}/backupInstances/data-1`;
  }

  /** Milliseconds since the epoch, of the emulator's clock. */
  get now(): number {
    return this.clock.now;
  }

  passInSeconds(seconds: number): void {
    this.clock.now += seconds * 1000;
  }

  async ok(reply: Promise<Reply>): Promise<Reply> {
    const { status, headers, body } = await reply;
    if (status >= 300) {
      throw new Error(`${status} ${JSON.stringify(body)}`);
    }
    return { status, headers, body };
  }

  /** The protection state that a GET of the instance shows. */
  async stateOf(instanceId: string): Promise<string> {
    return (await this.client.get(instanceId)).body.properties.currentProtectionState as string;
  }

  /**
   * Stops the emulator. What it said at 2024-04-01 must agree with Microsoft's document; that
   * a 406 has no body (facts 3.5) is no concern of the document, and neither is an injected fault.
   */
  async stop(): Promise<void> {
    this.client.close();
    await this.emulator.stop();
    const documented = this.emulator.exchanges.filter(
      ({ url, status, fault }) =>
        url.includes("api-version=2024-04-01") && status !== 406 && fault === undefined,
    );
    expect(summarise(documented).problems).toEqual([]);
  }
}

/** A policy that only says for how long. */
export function policy(datasourceType: string, dataStoreType: string): Json {
  return policyDocument(datasourceType, [retentionRule(dataStoreType)]);
}
