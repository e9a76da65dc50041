import { dataLakePolicy } from "../../components";
import { Stage } from "./stage";

const apiVersion = "2026-03-01";
const location = "westeurope";

let stage: Stage;
let lakeId: string;
let policyIds: Record<"adls" | "blob", string>;
beforeAll(async () => {
  stage = await Stage.open();
  const { estate } = stage;
  await estate.grant("accountContributor");
  lakeId = `${estate.groupId}/providers/Microsoft.Storage/storageAccounts/lake`;
  await estate.putAccount(lakeId, ["raw", "curated"], { properties: { isHnsEnabled: true } });
  await estate.grantOn(lakeId, "accountContributor");
  policyIds = { adls: `${estate.vaultId}/backupPolicies/lakes`, blob: estate.policyIds.blobVaulted };
  await estate.put(policyIds.adls, "2025-07-01", {
    properties: dataLakePolicy({ every: "1 day", keep: "7 days" }).properties,
  });
});
afterAll(async () => stage.close());

const declarationOf = (datasource: Record<string, unknown> & { kind: "adls" | "blob" }): object => ({
  vaultId: stage.estate.vaultId,
  policyId: policyIds[datasource.kind],
  datasource: { location, ...datasource },
});

const failuresOf = async (declaration: object, config = {}): Promise<unknown> =>
  (await stage.operation(async (host) => host.check(declaration), config)).result.failures;

/** Creates an instance, reads it back and compares it with its declaration, in one operation. */
async function createAndCompare(declaration: object, config: Record<string, string> = {}) {
  const { result, exchanges } = await stage.operation(async (host) => {
    const { inputs, failures } = await host.check(declaration);
    expect(failures).toEqual([]);
    const { id, outputs } = await host.create(inputs);
    const read = await host.read(id, outputs);
    return { id, outputs, read, difference: await host.diff(id, read.outputs, inputs) };
  }, config);
  const put = exchanges.find(({ method }) => method === "PUT");
  return { ...result, properties: (put?.requestBody as { properties: Record<string, unknown> }).properties };
}

describe("a Data Lake account", () => {
  const containers = (...names: string[]): object =>
    declarationOf({ kind: "adls", storageAccountId: lakeId, containers: names });

  it("is protected under its own type of datasource, and reads back as it was declared", async () => {
    const { id, outputs, difference, properties } = await createAndCompare(containers("raw"));
    expect(outputs.protectionState).toBe("ProtectionConfigured");
    expect(difference).toMatchObject({ changes: 1, replaces: [] });
    expect(properties).toMatchObject({
      dataSourceInfo: {
        datasourceType: "Microsoft.Storage/storageAccounts/adlsBlobServices",
        resourceID: lakeId,
      },
      dataSourceSetInfo: { objectType: "DatasourceSet", resourceID: lakeId },
      policyInfo: {
        policyParameters: {
          backupDatasourceParametersList: [
            { objectType: "AdlsBlobBackupDatasourceParameters", containersList: ["raw"] },
          ],
        },
      },
    });
    const { result } = await stage.operation(async (host) => {
      const { inputs } = await host.check(containers("curated", "raw"));
      const change = await host.diff(id, outputs, inputs);
      return { change, updated: await host.update(id, outputs, inputs) };
    });
    expect(result.change).toMatchObject({ changes: 2, replaces: [] });
    expect(result.updated).toMatchObject({ datasource: { containers: ["curated", "raw"] } });
  });

  it("is refused without containers, before any request", async () => {
    expect(await failuresOf(declarationOf({ kind: "adls", storageAccountId: lakeId }))).toEqual([
      { property: "datasource.containers", reason: expect.stringContaining("always copied to the vault") },
    ]);
  });

  it("is refused where the stack's api-version does not know it yet", async () => {
    const config = { "azure-dataprotection:apiVersion": "2024-04-01" };
    expect(await failuresOf(containers("raw"), config)).toEqual([
      {
        property: "datasource.kind",
        reason: expect.stringContaining(
          "`pulumi config set azure-dataprotection:apiVersion 2025-02-01` changes that",
        ),
      },
    ]);
  });
});

describe("automatic protection of containers", () => {
  const config = { "azure-dataprotection:apiVersion": apiVersion };
  const declared = (autoProtection: object, more: object = {}): object => {
    const { documentsId } = stage.estate;
    return declarationOf({ kind: "blob", storageAccountId: documentsId, autoProtection, ...more });
  };

  it("protects all containers but those with certain prefixes, and reads back as it was declared", async () => {
    const { outputs, difference, properties } = await createAndCompare(
      declared({ excludedPrefixes: ["temp-"] }),
      config,
    );
    expect(outputs.protectionState).toBe("ProtectionConfigured");
    expect(difference).toMatchObject({ changes: 1, replaces: [] });
    expect(properties.policyInfo).toMatchObject({
      policyParameters: {
        backupDatasourceParametersList: [
          {
            objectType: "BlobBackupDatasourceParametersForAutoProtection",
            autoProtectionSettings: {
              objectType: "BlobBackupRuleBasedAutoProtectionSettings",
              enabled: true,
              rules: [
                {
                  objectType: "BlobBackupAutoProtectionRule",
                  mode: "Exclude",
                  type: "Prefix",
                  pattern: "temp-",
                },
              ],
            },
          },
        ],
      },
    });
  });

  it.each<[what: string, autoProtection: object, more: object, property: string]>([
    ["together with a list", {}, { containers: ["invoices"] }, "datasource.autoProtection"],
    ["with an unknown setting", { include: ["a"] }, {}, "datasource.autoProtection"],
    [
      "with a prefix that begins no name",
      { excludedPrefixes: ["Temp"] },
      {},
      "datasource.autoProtection.excludedPrefixes[0]",
    ],
  ])("is refused %s", async (_what, autoProtection, more, property) => {
    expect(await failuresOf(declared(autoProtection, more), config)).toEqual([
      { property, reason: expect.any(String) },
    ]);
  });

  it("is refused where the stack's api-version does not know it yet", async () => {
    expect(await failuresOf(declared({}))).toEqual([
      {
        property: "datasource.autoProtection",
        reason: expect.stringContaining("from api-version 2026-03-01 on"),
      },
    ]);
  });
});
