import { measure } from "../../../tools/demo/measure";
import { table } from "../../../tools/demo/table";
import type { Exchange } from "../../../emulator";

const vaultPath = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v";
const diskId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/data1";
const diskSource = { resourceID: diskId, datasourceType: "Microsoft.Compute/disks" };

let second = 0;

function exchange(method: string, url: string, other: Partial<Exchange> = {}): Exchange {
  const startedAt = new Date(Date.UTC(2026, 0, 1, 0, 0, second++)).toISOString();
  return {
    sequence: second,
    startedAt,
    durationInMs: 500,
    method,
    url: `${url}?api-version=2025-07-01`,
    requestHeaders: {},
    responseHeaders: {},
    status: 200,
    ...other,
  };
}

describe("the demo's measure", () => {
  const shown = (currentProtectionState: string): object => ({
    properties: { dataSourceInfo: diskSource, currentProtectionState },
  });

  it.each<[what: string, url: string, responseBody: object, requests: number]>([
    ["of the instance", `${vaultPath}/backupInstances/data1`, shown("ProtectionConfigured"), 5],
    ["that lists it", `${vaultPath}/backupInstances`, { value: [shown("ProtectionConfigured")] }, 4],
  ])(
    "counts an instance's requests, and takes its state from the last answer %s",
    (_what, url, responseBody, requests) => {
      const instance = `${vaultPath}/backupInstances/data1`;
      const measurements = measure([
        exchange("PUT", vaultPath),
        exchange("POST", `${vaultPath}/validateForBackup`, {
          requestBody: { backupInstance: { dataSourceInfo: diskSource } },
          responseHeaders: { Location: "https://127.0.0.1/operations/1?api-version=x" },
        }),
        exchange("GET", "/operations/1"),
        exchange("GET", "/operations/of-something-else"),
        exchange("PUT", instance, { requestBody: { properties: { dataSourceInfo: diskSource } } }),
        exchange("GET", instance, { responseBody: shown("ConfiguringProtection") }),
        exchange("GET", url, { responseBody }),
      ]);

      expect(measurements).toEqual([
        {
          datasource: "data1",
          kind: "disk, operational",
          state: "ProtectionConfigured",
          seconds: 5.5,
          requests,
        },
      ]);
    },
  );

  it("tells vaulted backups of blobs from operational ones", () => {
    const put = (name: string, containersList?: string[]): Exchange =>
      exchange("PUT", `${vaultPath}/backupInstances/${name}`, {
        requestBody: {
          properties: {
            dataSourceInfo: {
              resourceID: `/accounts/${name}`,
              datasourceType: "Microsoft.Storage/storageAccounts/blobServices",
            },
            policyInfo: {
              policyParameters: {
                backupDatasourceParametersList: containersList ? [{ containersList }] : [],
              },
            },
          },
        },
      });

    expect(measure([put("documents", ["invoices"]), put("files")])).toMatchObject([
      { datasource: "files", kind: "blobs, operational", state: "none" },
      { datasource: "documents", kind: "blobs, vaulted", state: "none" },
    ]);
  });
});

describe("the demo's table", () => {
  it("is as wide as it needs to be, numbers to the right", () => {
    const titles = ["DATASOURCE", "KIND", "SECONDS", "REQUESTS"];
    const rows = [
      ["data1", "disk, operational", "3.3", "8"],
      ["files", "blobs", "-", "10"],
    ];
    expect(table(titles, rows)).toBe(
      "DATASOURCE  KIND               SECONDS  REQUESTS\n" +
        "data1       disk, operational      3.3         8\n" +
        "files       blobs                    -        10",
    );
  });
});
