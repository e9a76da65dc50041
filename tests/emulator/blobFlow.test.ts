import { Landscape } from "./landscape";
import type { Json } from "./client";

describe("a storage account's backup, as the seed tells it", () => {
  let landscape: Landscape;

  beforeEach(async () => {
    landscape = await Landscape.start();
  });
  afterEach(() => landscape.stop());

  const kinds: [string, (at: Landscape) => Json][] = [
    ["operational", (at) => at.blobInstance()],
    ["vaulted", (at) => at.blobInstance(["one"])],
  ];

  it.each(kinds)("%s: is validated, protected and deleted", async (_kind, instanceOf) => {
    const { client, vaultId } = landscape;
    const instanceId = `${vaultId}/backupInstances/invoices-1`;
    expect((await client.delete(instanceId)).status).toBe(204);
    const early = await client.post(`${vaultId}/validateForBackup`, {
      backupInstance: instanceOf(landscape),
    });
    landscape.passInSeconds(12);
    const failed = await client.get(early.headers["azure-asyncoperation"]!);
    expect(failed.body.error.code).toBe("UserErrorMissingRequiredPermissions");
    const { info } = failed.body.error.additionalInfo[0];
    expect(info.innerError.additionalInfo.DetailedNonLocalisedMessage).toContain(
      `over scope '${landscape.accountId}/providers/Microsoft.Authorization'`,
    );

    await landscape.assign("storageAccountBackupContributor", landscape.accountId);
    landscape.passInSeconds(20);
    const late = await client.post(`${vaultId}/validateForBackup`, { backupInstance: instanceOf(landscape) });
    landscape.passInSeconds(12);
    expect((await client.get(late.headers["azure-asyncoperation"]!)).body.status).toBe("Succeeded");

    const put = await client.put(instanceId, { properties: instanceOf(landscape) });
    expect(put.status).toBe(201);
    expect(put.body.properties.policyInfo).toEqual(instanceOf(landscape).policyInfo);
    landscape.passInSeconds(30.9);
    expect((await client.get(instanceId)).body.properties.currentProtectionState).toBe(
      "ConfiguringProtection",
    );
    landscape.passInSeconds(0.1);
    expect((await client.get(instanceId)).body.properties.currentProtectionState).toBe(
      "ProtectionConfigured",
    );

    const again = await client.post(`${vaultId}/validateForBackup`, {
      backupInstance: instanceOf(landscape),
    });
    expect(again).toMatchObject({
      status: 400,
      body: { error: { code: "UserErrorDppDatasourceAlreadyProtected" } },
    });

    expect((await client.delete(instanceId)).status).toBe(202);
    landscape.passInSeconds(16);
    expect((await client.delete(instanceId)).status).toBe(204);
  });

  it("reads the seeds' bodies: other cases, a null id, a name on the policy, no friendly name", async () => {
    await landscape.grant();
    const { objectType, dataSourceInfo, policyInfo } = landscape.blobInstance(["one"]);
    const { resourceID, ...rest } = dataSourceInfo;
    const body = {
      id: null,
      name: "invoices-1",
      type: "Microsoft.DataProtection/backupvaults/backupInstances",
      properties: {
        objectType,
        datasourceinfo: { ...rest, resourceId: resourceID },
        dataSourceSetInfo: null,
        policyInfo: {
          ...policyInfo,
          name: "vaulted",
          policyVersion: "3.2",
          policyParameters: { dataStoreParametersList: [], ...policyInfo.policyParameters },
        },
      },
    };
    // The document forbids what the seeds send, so this one goes by an api-version that it does not cover.
    const path = `${landscape.vaultId}/backupInstances/invoices-1?api-version=2021-01-01`;
    const { status, headers, body: answered } = await landscape.client.put(path, body);
    expect(status).toBe(201);
    expect(answered.properties).toMatchObject({ friendlyName: "invoices", dataSourceInfo, policyInfo });
    expect(answered.properties.policyInfo).toEqual(policyInfo);
    expect(headers["azure-asyncoperation"]).toMatch(
      /\/locations\/westeurope\/operationStatus\/[^?]+\?api-version=2021-01-01$/,
    );
  });
});
