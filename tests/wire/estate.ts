import type { AxiosInstance } from "axios";
import type { Emulator } from "../../emulator";
import { backupRule, policyDocument, retentionRule } from "./policyDocuments";
import { signIn } from "./signIn";

const location = "westeurope";
const dataProtection = "Microsoft.DataProtection/backupVaults";

/** The roles by the names under which tests take them away. */
const roleGuids = {
  diskReader: "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
  snapshotContributor: "7efff54f-a5b4-42b5-a1c5-5411624893ce",
  accountContributor: "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1",
};

/** A vault with policies, a disk and two accounts, made by an administrator's own requests. */
export class Estate {
  readonly groupId: string;
  readonly snapshotResourceGroupId: string;
  readonly vaultId: string;
  readonly diskId: string;
  readonly filesId: string;
  readonly documentsId: string;
  readonly policyIds: ReturnType<typeof policyIdsOf>;

  private constructor(
    private readonly http: AxiosInstance,
    subscriptionId: string,
    vaultName: string,
  ) {
    this.groupId = `/subscriptions/${subscriptionId}/resourceGroups/estate`;
    this.snapshotResourceGroupId = `/subscriptions/${subscriptionId}/resourceGroups/snapshots`;
    this.vaultId = `${this.groupId}/providers/${dataProtection}/${vaultName}`;
    this.diskId = `${this.groupId}/providers/Microsoft.Compute/disks/data`;
    this.filesId = `${this.groupId}/providers/Microsoft.Storage/storageAccounts/files`;
    this.documentsId = `${this.groupId}/providers/Microsoft.Storage/storageAccounts/documents`;
    this.policyIds = policyIdsOf(this.vaultId);
  }

  /** Builds the estate. The roles are not assigned yet. */
  static async build(emulator: Emulator, { vaultName = "vault", softDelete = "Off" } = {}): Promise<Estate> {
    const estate = new Estate(await signIn(emulator), emulator.subscriptionId, vaultName);
    await estate.put(estate.groupId, "2024-03-01", { location });
    await estate.put(estate.snapshotResourceGroupId, "2024-03-01", { location });
    await estate.putDisk(estate.diskId);
    await estate.putAccount(estate.filesId);
    await estate.putAccount(estate.documentsId, ["invoices", "contracts"]);
    await estate.putVault(estate.vaultId, softDelete);
    return estate;
  }

  /** The declaration of the disk's backup, as a program makes it. */
  diskDeclaration(changes: object = {}): object {
    const { vaultId, policyIds, diskId, snapshotResourceGroupId } = this;
    const datasource = { kind: "disk", diskId, snapshotResourceGroupId, location };
    return { vaultId, policyId: policyIds.disk, datasource, ...changes };
  }

  async putDisk(diskId: string, region = location): Promise<void> {
    await this.put(diskId, "2024-03-02", {
      location: region,
      sku: { name: "StandardSSD_LRS" },
      properties: { diskSizeGB: 4, creationData: { createOption: "Empty" } },
    });
  }

  async putAccount(accountId: string, containers: string[] = [], changes: object = {}): Promise<void> {
    const account = { location, kind: "StorageV2", sku: { name: "Standard_LRS" }, ...changes };
    await this.put(accountId, "2023-05-01", account);
    for (const container of containers) {
      await this.put(`${accountId}/blobServices/default/containers/${container}`, "2023-05-01", {});
    }
  }

  /** Makes another vault with the same policies. */
  async copyVault(vaultId: string): Promise<void> {
    await this.putVault(vaultId, "Off");
  }

  /** The principal id of the vault's identity. */
  async principalId(): Promise<string> {
    const params = { "api-version": "2025-07-01" };
    const { data } = await this.http.get<{ identity: { principalId: string } }>(this.vaultId, { params });
    return data.identity.principalId;
  }

  /** Gives the vault's identity a role; it counts only after a while. */
  async grant(...roles: (keyof typeof roleGuids)[]): Promise<void> {
    for (const role of roles) {
      const scopes = {
        diskReader: [this.diskId],
        snapshotContributor: [this.snapshotResourceGroupId],
        accountContributor: [this.filesId, this.documentsId],
      }[role];
      for (const scope of scopes) {
        await this.grantOn(scope, role);
      }
    }
  }

  /** Gives an identity, by default that of the vault, a role on anything. */
  async grantOn(scope: string, role: keyof typeof roleGuids, principalId?: string): Promise<void> {
    await this.put(
      `${scope}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`,
      "2022-04-01",
      {
        properties: {
          roleDefinitionId: `${this.groupId.split("/resourceGroups")[0]}/providers/Microsoft.Authorization/roleDefinitions/${roleGuids[role]}`,
          principalId: principalId ?? (await this.principalId()),
          principalType: "ServicePrincipal",
        },
      },
    );
  }

  /** Creates the instance of a checked declaration of a disk's backup as a tool does that does not validate, and waits until it rests. */
  async putUnvalidated(
    backupInstanceId: string,
    { policyId, friendlyName }: Record<string, unknown>,
  ): Promise<void> {
    await this.put(backupInstanceId, "2025-07-01", {
      properties: {
        objectType: "BackupInstance",
        friendlyName,
        dataSourceInfo: {
          objectType: "Datasource",
          datasourceType: "Microsoft.Compute/disks",
          resourceID: this.diskId,
          resourceLocation: location,
          resourceName: "data",
          resourceType: "Microsoft.Compute/disks",
          resourceUri: "",
        },
        policyInfo: {
          policyId,
          policyParameters: {
            dataStoreParametersList: [
              {
                objectType: "AzureOperationalStoreParameters",
                dataStoreType: "OperationalStore",
                resourceGroupId: this.snapshotResourceGroupId,
              },
            ],
          },
        },
      },
    });
    for (let state = "ConfiguringProtection"; state === "ConfiguringProtection";) {
      const params = { "api-version": "2025-07-01" };
      const { data } = await this.http.get<{ properties: { currentProtectionState: string } }>(
        backupInstanceId,
        { params },
      );
      state = data.properties.currentProtectionState;
    }
  }

  /** Does something to an instance as somebody at the portal would, and waits until it is done. */
  async act(backupInstanceId: string, action: string): Promise<void> {
    const apiVersion = { params: { "api-version": "2025-07-01" } };
    const { headers } = await this.http.post(`${backupInstanceId}/${action}`, {}, apiVersion);
    for (let status = "Inprogress"; status === "Inprogress";) {
      status = (await this.http.get<{ status: string }>(String(headers["azure-asyncoperation"]))).data.status;
    }
  }

  async put(id: string, apiVersion: string, body: unknown): Promise<unknown> {
    return (await this.http.put<unknown>(id, body, { params: { "api-version": apiVersion } })).data;
  }

  async delete(id: string, apiVersion: string): Promise<void> {
    await this.http.delete(id, { params: { "api-version": apiVersion } });
  }

  private async putVault(vaultId: string, softDelete: string): Promise<void> {
    await this.put(vaultId, "2025-07-01", {
      location,
      identity: { type: "SystemAssigned" },
      properties: {
        storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
        securitySettings: { softDeleteSettings: { state: softDelete, retentionDurationInDays: 14 } },
      },
    });
    const policyIds = policyIdsOf(vaultId);
    const disk = "Microsoft.Compute/disks";
    const blob = "Microsoft.Storage/storageAccounts/blobServices";
    const policies: [id: string, datasourceType: string, dataStoreType: string, interval?: string][] = [
      [policyIds.disk, disk, "OperationalStore", "P1D"],
      [policyIds.diskFourHourly, disk, "OperationalStore", "PT4H"],
      [policyIds.blobOperational, blob, "OperationalStore"],
      [policyIds.blobVaulted, blob, "VaultStore", "P1D"],
    ];
    for (const [id, datasourceType, store, interval] of policies) {
      const backup = interval ? [backupRule(store, `R/2026-01-01T02:00:00+00:00/${interval}`)] : [];
      await this.put(id, "2025-07-01", policyDocument(datasourceType, [...backup, retentionRule(store)]));
    }
  }
}

function policyIdsOf(
  vaultId: string,
): Record<"disk" | "diskFourHourly" | "blobOperational" | "blobVaulted", string> {
  return {
    disk: `${vaultId}/backupPolicies/disk`,
    diskFourHourly: `${vaultId}/backupPolicies/disk-four-hourly`,
    blobOperational: `${vaultId}/backupPolicies/blob-operational`,
    blobVaulted: `${vaultId}/backupPolicies/blob-vaulted`,
  };
}
