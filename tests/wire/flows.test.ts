import type { Exchange } from "../../emulator";
import type { Estate } from "./estate";
import { Stage, itAgreesWithOpenApi, storyOf } from "./stage";

/** The flows of Microsoft's two documents, as the wire shows them. */
const flows: [what: string, declare: (estate: Estate) => object, roles: Parameters<Estate["grant"]>][] = [
  [
    "operational backup of a disk",
    ({ vaultId, policyIds, diskId, snapshotResourceGroupId }) => ({
      vaultId,
      policyId: policyIds.disk,
      datasource: { kind: "disk", diskId, snapshotResourceGroupId },
    }),
    ["diskReader", "snapshotContributor"],
  ],
  [
    "operational backup of blobs",
    ({ vaultId, policyIds, filesId }) => ({
      vaultId,
      policyId: policyIds.blobOperational,
      datasource: { kind: "blob", storageAccountId: filesId },
    }),
    ["accountContributor"],
  ],
  [
    "vaulted backup of blobs",
    ({ vaultId, policyIds, documentsId }) => ({
      vaultId,
      policyId: policyIds.blobVaulted,
      datasource: { kind: "blob", storageAccountId: documentsId, containers: ["invoices"] },
    }),
    ["accountContributor"],
  ],
];

describe.each(flows)("%s", (_what, declare, roles) => {
  let stage: Stage;
  let declared: object;
  let onExchange: (exchange: Exchange) => void = () => undefined;
  let instance: { id: string; outputs: Record<string, unknown> };

  beforeAll(async () => {
    stage = await Stage.open({ onExchange: (exchange) => onExchange(exchange) });
    declared = declare(stage.estate);
  });
  afterAll(async () => stage.close());

  it("is validated again while permissions are missing, then created, and green only when protected", async () => {
    let isGranted: Promise<void> | undefined;
    onExchange = ({ responseBody }) => {
      if ((responseBody as { status?: string } | undefined)?.status === "Failed") {
        isGranted ??= stage.estate.grant(...roles);
      }
    };
    const { result, exchanges } = await stage.operation(async (host) =>
      host.create((await host.check(declared)).inputs),
    );
    await isGranted;
    instance = result;
    expect(result.outputs).toMatchObject({
      protectionState: "ProtectionConfigured",
      provisioningState: "Succeeded",
    });
    const story = storyOf(exchanges);
    expect(story.slice(0, 6)).toEqual([
      "GET backupInstances 200",
      "GET backupInstances/* 404 UserErrorGenericResourceNotFound",
      "GET the vault 200",
      "POST validateForBackup 202",
      "GET operationStatus 200 Failed UserErrorMissingRequiredPermissions",
      "POST validateForBackup 202",
    ]);
    expect(story.slice(-4)).toEqual([
      "GET operationStatus 200 Succeeded",
      "PUT backupInstances/* 201 ConfiguringProtection",
      "GET operationStatus 200 Succeeded",
      "GET backupInstances/* 200 ProtectionConfigured",
    ]);
    expect(story.filter((line) => line.startsWith("PUT"))).toHaveLength(1);
  });

  it("shows no change when nothing was changed, after one look at the vault", async () => {
    const { result, exchanges } = await stage.operation(async (host) =>
      host.diff(instance.id, instance.outputs, (await host.check(declared)).inputs),
    );
    expect(result).toEqual({ changes: 1, replaces: [] });
    expect(storyOf(exchanges)).toEqual(["GET backupInstances 200"]);
  });

  it("is read back as it was declared", async () => {
    const { result, exchanges } = await stage.operation(async (host) =>
      host.read(instance.id, instance.outputs),
    );
    expect(result.outputs).toEqual(instance.outputs);
    expect(storyOf(exchanges)).toEqual(["GET backupInstances 200"]);
  });

  it("is refused at once for a second vault, because it is protected already", async () => {
    const second = `${stage.estate.vaultId}2`;
    await stage.estate.copyVault(second);
    const text = JSON.stringify(declared).replaceAll(stage.estate.vaultId, second);
    const { result, exchanges } = await stage.operation(async (host) =>
      host.create((await host.check(JSON.parse(text) as object)).inputs).then(
        () => "created",
        (error: Error) => error.message,
      ),
    );
    expect(storyOf(exchanges).slice(-2)).toEqual([
      "POST validateForBackup 400 UserErrorDppDatasourceAlreadyProtected",
      "GET backupInstances of the datasource 200",
    ]);
    expect(result).toContain(
      "UserErrorDppDatasourceAlreadyProtected: Datasource is already protected under the Backup vault",
    );
    expect(result).toContain(`and backup instance ${instance.id} protects this one`);
    expect(result).toMatch(/\(correlation id [0-9a-f-]{36}\)$/);
  });

  it("is deleted, and the deletion waited for", async () => {
    const { exchanges } = await stage.operation(async (host) => host.delete(instance.id, instance.outputs));
    expect(storyOf(exchanges)).toEqual([
      "GET backupInstances 200",
      "DELETE backupInstances/* 202",
      "GET operationStatus 200 Succeeded",
      "GET deletedBackupInstances/* 404 UserErrorGenericResourceNotFound",
      "GET backupInstances/* 404 UserErrorGenericResourceNotFound",
    ]);
  });

  it("is gone for a refresh", async () => {
    const { result } = await stage.operation(async (host) => host.read(instance.id, instance.outputs));
    expect(result.id).toBe("");
  });

  it("can be deleted when it is gone already", async () => {
    const { exchanges } = await stage.operation(async (host) => host.delete(instance.id, instance.outputs));
    expect(storyOf(exchanges).slice(0, 3)).toEqual([
      "GET backupInstances 200",
      "GET backupInstances/* 404 UserErrorGenericResourceNotFound",
      "DELETE backupInstances/* 204",
    ]);
  });

  itAgreesWithOpenApi(() => stage);
});
