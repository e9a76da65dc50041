import type { EmulatorOptions } from "../../../emulator";
import { backupRule, policyDocument, retentionRule } from "../../wire/policyDocuments";
import type { Client, Json, Reply } from "../client";
import { Landscape } from "../landscape";

const blobs = "Microsoft.Storage/storageAccounts/blobServices";

/** A landscape whose clock stands at 10:00, with policies that make backups, a group and an account to restore to, and all roles. */
export class RecoveryLandscape {
  readonly client: Client;
  readonly targetGroupId: string;
  readonly targetAccountId: string;
  readonly targetDiskId: string;

  private constructor(readonly landscape: Landscape) {
    this.client = landscape.client;
    this.targetGroupId = `/subscriptions/${landscape.emulator.subscriptionId}/resourceGroups/restored`;
    this.targetAccountId = `${this.targetGroupId}/providers/Microsoft.Storage/storageAccounts/restored`;
    this.targetDiskId = `${this.targetGroupId}/providers/Microsoft.Compute/disks/data-restored`;
  }

  static async start(options: EmulatorOptions = {}): Promise<RecoveryLandscape> {
    const recovery = new RecoveryLandscape(await Landscape.start(options));
    await recovery.build();
    return recovery;
  }

  private async build(): Promise<void> {
    const { landscape, client } = this;
    const put = (id: string, body: Json): Promise<Reply> => landscape.ok(client.put(id, body));
    const account = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };
    await put(this.targetGroupId, { location: "westeurope" });
    await put(this.targetAccountId, account);
    await put(`${landscape.accountId}/blobServices/default/containers/two`, {});
    const disks = "Microsoft.Compute/disks";
    const daily = (store: string, type: string): Json =>
      policyDocument(type, [
        { ...backupRule(store, "R/2026-01-01T02:00:00+00:00/P1D"), name: "BackupDaily" },
        retentionRule(store),
      ]);
    await put(`${landscape.vaultId}/backupPolicies/nightly`, daily("OperationalStore", disks));
    await put(`${landscape.vaultId}/backupPolicies/nightlyVaulted`, daily("VaultStore", blobs));
    await landscape.ok(landscape.assign("diskRestoreOperator", this.targetGroupId));
    await landscape.ok(landscape.assign("storageAccountBackupContributor", this.targetAccountId));
    await landscape.grant();
  }

  policyIdOf(name: string): string {
    return `${this.landscape.vaultId}/backupPolicies/${name}`;
  }

  /** The id of a new instance of the disk, protected a moment ago. */
  async protectDisk(): Promise<string> {
    await this.landscape.protect("data-1", this.landscape.diskInstance(this.policyIdOf("nightly")));
    return `${this.landscape.vaultId}/backupInstances/data-1`;
  }

  /** The same of the account, with its containers in the vault, or without. */
  async protectBlobs(containers?: string[]): Promise<string> {
    const instance = this.landscape.blobInstance(containers);
    const policyId = containers ? this.policyIdOf("nightlyVaulted") : instance.policyInfo.policyId;
    const policyInfo = { ...instance.policyInfo, policyId };
    await this.landscape.protect("invoices-1", { ...instance, policyInfo });
    return `${this.landscape.vaultId}/backupInstances/invoices-1`;
  }

  backUp(instanceId: string, ruleName = "BackupDaily", triggerOption: Json = {}): Promise<Reply> {
    return this.client.post(`${instanceId}/backup`, { backupRuleOptions: { ruleName, triggerOption } });
  }

  /** Backs up on demand, lets the job end, and gives the newest recovery point. */
  async pointOf(instanceId: string): Promise<Json> {
    await this.landscape.ok(this.backUp(instanceId));
    this.landscape.passInSeconds(900);
    return (await this.pointsOf(instanceId))[0];
  }

  async pointsOf(instanceId: string, filter = ""): Promise<Json[]> {
    const query = filter ? `?$filter=${encodeURIComponent(filter)}&api-version=2024-04-01` : "";
    return (await this.landscape.ok(this.client.get(`${instanceId}/recoveryPoints${query}`))).body
      .value as Json[];
  }

  async jobsOf(vaultId = this.landscape.vaultId): Promise<Json[]> {
    return (await this.landscape.ok(this.client.get(`${vaultId}/backupJobs`))).body.value as Json[];
  }

  /** What the operation that an answer began has come to after `seconds`. */
  async operationOf({ headers }: Reply, seconds: number): Promise<Json> {
    this.landscape.passInSeconds(seconds);
    return (await this.client.get(headers["azure-asyncoperation"]!)).body;
  }

  /** The job that an answer began, `seconds` later. */
  async jobOf(reply: Reply, seconds: number): Promise<Json> {
    const { properties } = await this.operationOf(reply, 1);
    this.landscape.passInSeconds(seconds - 1);
    return (await this.client.get(properties.jobId)).body.properties;
  }

  /** The body that restores a disk from a point. */
  diskRestore(recoveryPointId: string, change: Json = {}): Json {
    return {
      objectType: "AzureBackupRecoveryPointBasedRestoreRequest",
      recoveryPointId,
      sourceDataStoreType: "OperationalStore",
      restoreTargetInfo: this.target(this.targetDiskId, "Microsoft.Compute/disks", "Microsoft.Compute/disks"),
      ...change,
    };
  }

  /** The body that restores blobs, from a point in the vault or to a time. */
  blobRestore(source: { recoveryPointId: string } | { recoveryPointTime: string }, change: Json = {}): Json {
    const isPoint = "recoveryPointId" in source;
    const accountId = isPoint ? this.targetAccountId : this.landscape.accountId;
    return {
      objectType: `AzureBackupRecovery${isPoint ? "Point" : "Time"}BasedRestoreRequest`,
      ...source,
      sourceDataStoreType: isPoint ? "VaultStore" : "OperationalStore",
      restoreTargetInfo: {
        ...this.target(accountId, blobs, "Microsoft.Storage/storageAccounts"),
        ...change,
      },
    };
  }

  target(resourceID: string, datasourceType: string, resourceType: string): Json {
    return {
      objectType: "RestoreTargetInfo",
      recoveryOption: "FailIfExists",
      restoreLocation: "westeurope",
      datasourceInfo: {
        objectType: "Datasource",
        datasourceType,
        resourceType,
        resourceID,
        resourceUri: resourceID,
        resourceName: resourceID.split("/").at(-1),
        resourceLocation: "westeurope",
      },
    };
  }

  stop(): Promise<void> {
    return this.landscape.stop();
  }
}
