import { Landscape } from "./landscape";

describe("a disk's backup, as the seed tells it", () => {
  let landscape: Landscape;
  let instanceId: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    instanceId = `${landscape.vaultId}/backupInstances/data-1`;
  });
  afterEach(() => landscape.stop());

  const validate = () =>
    landscape.client.post(`${landscape.vaultId}/validateForBackup`, {
      backupInstance: landscape.diskInstance(),
    });

  it("accepts a validation with both URLs and nothing else", async () => {
    const { status, headers, body } = await validate();
    expect(status).toBe(202);
    expect(body).toBeUndefined();
    expect(headers["content-length"]).toBe("0");
    expect(headers["retry-after"]).toBe("10");
    expect(headers["azure-asyncoperation"]).toMatch(
      /backupVaults\/vault\/operationStatus\/[A-Za-z0-9]+==\?api-version=2024-04-01&t=\d{18}&c=MII.*&s=.*&h=/,
    );
    expect(headers["location"]).toMatch(/\/locations\/westeurope\/operationResults\//);
    expect(headers["location"]!.length).toBeGreaterThan(3000);
    expect(headers["x-ms-ratelimit-remaining-subscription-writes"]).toMatch(/^11\d\d$/);
  });

  it("fails a validation while a role is missing, and says which action over which scope", async () => {
    const { headers } = await validate();
    const statusUrl = headers["azure-asyncoperation"]!;
    const running = await landscape.client.get(statusUrl);
    expect(running.body).toMatchObject({ status: "Inprogress", endTime: "0001-01-01T00:00:00Z" });
    expect(running.headers["retry-after"]).toBeUndefined();

    landscape.passInSeconds(12);
    const failed = await landscape.client.get(statusUrl);
    expect(failed.status).toBe(200);
    expect(Object.keys(failed.body)).toEqual(["id", "name", "status", "error", "startTime", "endTime"]);
    expect(failed.body.status).toBe("Failed");
    expect(failed.body.error.code).toBe("UserErrorMissingRequiredPermissions");
    expect(
      failed.body.error.additionalInfo[0].info.innerError.additionalInfo.DetailedNonLocalisedMessage,
    ).toBe(
      `Validate for Protection failed. Exception Message: The client '${landscape.principalId}' with object id ` +
        `'${landscape.principalId}' does not have authorization to perform action ` +
        `'Microsoft.Authorization/roleAssignments/read' over scope '${landscape.diskId}/providers/` +
        "Microsoft.Authorization' or the scope is invalid. If access was recently granted, please refresh your credentials.",
    );
  });

  it("goes from missing roles to protected, and back to nothing", async () => {
    await landscape.assign("diskBackupReader", landscape.diskId);
    await landscape.assign("diskSnapshotContributor", landscape.snapshotGroupId);
    const early = await validate();
    landscape.passInSeconds(12);
    expect((await landscape.client.get(early.headers["azure-asyncoperation"]!)).body.status).toBe("Failed");

    const late = await validate();
    landscape.passInSeconds(12);
    expect((await landscape.client.get(late.headers["azure-asyncoperation"]!)).body.status).toBe("Succeeded");
    const result = await landscape.client.get(late.headers["location"]!);
    expect(result).toMatchObject({ status: 200, body: { objectType: "OperationJobExtendedInfo" } });
    expect(result.headers["azure-asyncoperation"]).toMatch(/\/locations\/westeurope\/operationStatus\//);

    const tags = { Owner: "somebody" };
    const put = await landscape.client.put(instanceId, { properties: landscape.diskInstance(), tags });
    expect(put.status).toBe(201);
    expect(put.headers["location"]).toBeUndefined();
    expect(put.headers["retry-after"]).toBe("15");
    const accepted = {
      tags,
      properties: {
        friendlyName: "data",
        dataSourceInfo: landscape.diskInstance().dataSourceInfo,
        policyInfo: landscape.diskInstance().policyInfo,
        protectionStatus: { status: "ConfiguringProtection" },
        currentProtectionState: "ConfiguringProtection",
        provisioningState: "Provisioning",
        objectType: "BackupInstance",
      },
      id: instanceId,
      name: "data-1",
      type: "Microsoft.DataProtection/backupVaults/backupInstances",
    };
    expect(put.body).toEqual(accepted);
    expect(Object.keys(put.body.properties)).toEqual(Object.keys(accepted.properties));
    expect(Object.keys(put.body.properties.dataSourceInfo)).toEqual([
      "resourceID",
      "resourceUri",
      "datasourceType",
      "resourceName",
      "resourceType",
      "resourceLocation",
      "objectType",
    ]);

    landscape.passInSeconds(1);
    const operation = await landscape.client.get(put.headers["azure-asyncoperation"]!);
    expect(operation.body.status).toBe("Succeeded");
    const configuring = await landscape.client.get(instanceId);
    expect(configuring.body.properties).toMatchObject({
      currentProtectionState: "ConfiguringProtection",
      provisioningState: "Succeeded",
    });

    landscape.passInSeconds(30);
    const settled = await landscape.client.get(instanceId);
    expect(settled.body.properties.currentProtectionState).toBe("ProtectionConfigured");

    const deletion = await landscape.client.delete(instanceId);
    expect(deletion).toMatchObject({ status: 202, headers: { "retry-after": "30" } });
    landscape.passInSeconds(16);
    const deleted = await landscape.client.get(deletion.headers["azure-asyncoperation"]!);
    expect(deleted.body.status).toBe("Succeeded");
    expect((await landscape.client.delete(instanceId)).status).toBe(204);
  });

  it("refuses a validation at once when the disk is protected already", async () => {
    await landscape.protectDisk();
    const { status, body } = await validate();
    const message = `Datasource is already protected under the Backup vault ${landscape.vaultId}.`;
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      code: "UserErrorDppDatasourceAlreadyProtected",
      message,
      target: null,
      details: null,
    });
    expect(body.error.additionalInfo[0].info).toMatchObject({
      message,
      recommendedAction: [
        `Delete the backup instance data from the Backup vault ${landscape.vaultId} to re-protect the datasource in any other vault.`,
      ],
      details: null,
      innerError: null,
      isRetryable: false,
    });
  });

  it("accepts a PUT without roles, and ends in ProtectionError until a sync finds the roles", async () => {
    const failed = await landscape.protect("data-1", landscape.diskInstance());
    expect(failed.body.properties).toMatchObject({
      currentProtectionState: "ProtectionError",
      protectionStatus: {
        status: "ProtectionError",
        errorDetails: { code: "UserErrorMissingRequiredPermissions" },
      },
      protectionErrorDetails: { code: "UserErrorMissingRequiredPermissions" },
      provisioningState: "Succeeded",
    });

    await landscape.grant();
    const sync = await landscape.client.post(`${instanceId}/sync`, { syncType: "Default" });
    expect(sync.status).toBe(202);
    landscape.passInSeconds(31);
    const healed = await landscape.client.get(instanceId);
    expect(healed.body.properties.currentProtectionState).toBe("ProtectionConfigured");
    expect(healed.body.properties.protectionErrorDetails).toBeUndefined();
  });
});
