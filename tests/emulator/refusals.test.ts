import { secondSubscriptionId } from "../../emulator";
import type { Json } from "./client";
import { Landscape, policy } from "./landscape";

type Change = (instance: Json, landscape: Landscape) => unknown;

const store = (instance: Json): Json => instance.policyInfo.policyParameters.dataStoreParametersList[0];
const containers = (instance: Json): Json =>
  instance.policyInfo.policyParameters.backupDatasourceParametersList[0];

/** Refused at once. */
const malformed: [string, Change][] = [
  ["no objectType", (instance) => delete instance.objectType],
  ["another objectType", (instance) => (instance.objectType = "Datasource")],
  ["no datasource", (instance) => delete instance.dataSourceInfo],
  ["a datasource without id", (instance) => delete instance.dataSourceInfo.resourceID],
  ["no policy", (instance) => delete instance.policyInfo],
  ["a policy without id", (instance) => delete instance.policyInfo.policyId],
  ["store parameters without type", (instance) => delete store(instance).dataStoreType],
];

/** Found out by the validation, refused by a PUT. */
const diskRefusals: [string, Change, string][] = [
  [
    "a disk that is not there",
    (instance) => (instance.dataSourceInfo.resourceID += "2"),
    "UserErrorManagedDiskNotFound",
  ],
  [
    "a datasource type of another resource type",
    (instance) => (instance.dataSourceInfo.datasourceType = "Microsoft.Storage/storageAccounts/blobServices"),
    "DppPluginInvalidInputParameters",
  ],
  [
    "a datasource type that nobody has",
    (instance) => (instance.dataSourceInfo.datasourceType = "Microsoft.Compute/"),
    "DppPluginInvalidInputParameters",
  ],
  [
    "a policy that is not there",
    (instance) => (instance.policyInfo.policyId += "9"),
    "UserErrorGenericResourceNotFound",
  ],
  [
    "a policy for blobs",
    (instance, { vaultId }) => (instance.policyInfo.policyId = `${vaultId}/backupPolicies/operational`),
    "UserErrorInvalidParameterInRequest",
  ],
  [
    "no operational store",
    (instance) => delete instance.policyInfo.policyParameters,
    "UserErrorOperationalStoreParametersNotProvided",
  ],
  [
    "a snapshot group that is none",
    (instance, { diskId }) => (store(instance).resourceGroupId = diskId),
    "UserErrorInvalidOperationalStoreResourceGroup",
  ],
  [
    "a snapshot group that is not there",
    (instance) => (store(instance).resourceGroupId += "9"),
    "UserErrorSnapshotRGNotFound",
  ],
  [
    "a snapshot group in another subscription",
    (instance) =>
      (store(instance).resourceGroupId = `/subscriptions/${secondSubscriptionId}/resourceGroups/snapshots`),
    "UserErrorSnapshotRGSubscriptionMismatch",
  ],
];

const blobRefusals: [string, Change, string][] = [
  [
    "an account that is not there",
    (instance) => (instance.dataSourceInfo.resourceID += "2"),
    "UserErrorAzureResourceNotFoundByPlugin",
  ],
  [
    "no containers under a vaulted policy",
    (instance) => delete instance.policyInfo.policyParameters,
    "UserErrorNoContainersSelectedForOperation",
  ],
  [
    "an empty list of containers",
    (instance) => (containers(instance).containersList = []),
    "UserErrorNoContainersSelectedForOperation",
  ],
  [
    "a container that is not there",
    (instance) => (containers(instance).containersList = ["one", "none"]),
    "UserErrorIncorrectContainersSelectedForOperation",
  ],
  [
    "a container twice",
    (instance) => (containers(instance).containersList = ["one", "one"]),
    "UserErrorIncorrectContainersSelectedForOperation",
  ],
  [
    "an account without hierarchical namespace as Data Lake",
    async (instance, { client, vaultId }) => {
      const datasourceType = "Microsoft.Storage/storageAccounts/adlsBlobServices";
      instance.dataSourceInfo.datasourceType = datasourceType;
      instance.policyInfo.policyId = `${vaultId}/backupPolicies/lake`;
      await client.put(instance.policyInfo.policyId, policy(datasourceType, "VaultStore"));
    },
    "UserErrorUnsupportedStorageAccountType",
  ],
];

describe("what the service refuses", () => {
  let landscape: Landscape;

  beforeAll(async () => {
    landscape = await Landscape.start();
    await landscape.grant();
  });
  afterAll(() => landscape.stop());

  const validate = (backupInstance: Json) =>
    landscape.client.post(`${landscape.vaultId}/validateForBackup`, { backupInstance });
  const put = (properties: Json) =>
    landscape.client.put(`${landscape.vaultId}/backupInstances/x`, { properties });

  const expectRefusal = async (instance: Json, code: string): Promise<void> => {
    const { status, headers } = await validate(instance);
    expect(status).toBe(202);
    landscape.passInSeconds(12);
    const operation = await landscape.client.get(headers["azure-asyncoperation"]!);
    expect(operation.body).toMatchObject({ status: "Failed", error: { code } });
    const result = await landscape.client.get(headers["location"]!);
    expect(result).toMatchObject({ status: 400, body: { error: { code } } });
    expect(await put(instance)).toMatchObject({ status: 400, body: { error: { code } } });
  };

  it.each(malformed)("refuses %s at once", async (_what, change) => {
    const instance = landscape.diskInstance();
    change(instance, landscape);
    const refused = { status: 400, body: { error: { code: "BMSUserErrorInvalidInput" } } };
    expect(await validate(instance)).toMatchObject(refused);
    expect(await put(instance)).toMatchObject(refused);
  });

  it.each(diskRefusals)("disk: refuses %s", async (_what, change, code) => {
    const instance = landscape.diskInstance();
    change(instance, landscape);
    await expectRefusal(instance, code);
  });

  it.each(blobRefusals)("account: refuses %s", async (_what, change, code) => {
    const instance = landscape.blobInstance(["one"]);
    await change(instance, landscape);
    await expectRefusal(instance, code);
  });

  it("refuses a disk in another region than the vault's", async () => {
    const instance = landscape.diskInstance();
    instance.dataSourceInfo.resourceID = `${landscape.groupId}/providers/Microsoft.Compute/disks/far`;
    await landscape.client.put(instance.dataSourceInfo.resourceID, {
      location: "westus",
      properties: { creationData: { createOption: "Empty" } },
    });
    await expectRefusal(instance, "UserErrorDatasourceAndBackupVaultLocationMismatch");
  });

  it("accepts automatic protection without containers", async () => {
    const instance = landscape.blobInstance(["one"]);
    instance.policyInfo.policyParameters.backupDatasourceParametersList = [
      {
        objectType: "BlobBackupDatasourceParametersForAutoProtection",
        autoProtectionSettings: {
          objectType: "BlobBackupRuleBasedAutoProtectionSettings",
          enabled: true,
          rules: [],
        },
      },
    ];
    const path = `${landscape.vaultId}/validateForBackup?api-version=2026-03-01`;
    const { headers } = await landscape.client.post(path, { backupInstance: instance });
    landscape.passInSeconds(12);
    expect((await landscape.client.get(headers["azure-asyncoperation"]!)).body.status).toBe("Succeeded");
  });
});
