import { mutate } from "./mutations";
import type { CheckedExchange } from "./openApi";
import { checkExchange, summarise } from "./openApi";
import { recorded } from "./recordings";
import { describeWithWireMaterial } from "./wireMaterial";

const put = (): CheckedExchange => recorded("create_and_delete_blob.json", "PUT", "/backupInstances/");
const validation = (): CheckedExchange =>
  recorded("create_and_delete_disk.json", "POST", "validateForBackup", 1);
const refusal = (): CheckedExchange => recorded("softdelete.json", "POST", "resumeProtection", 1);
const operationStatus = (): CheckedExchange => recorded("softdelete.json", "GET", "/operationStatus/");

describeWithWireMaterial("the OpenAPI checker", () => {
  const faults: readonly [string, () => CheckedExchange, string][] = [
    [
      "a request without a required property",
      () => ({
        ...put(),
        requestBody: mutate(
          put().requestBody,
          ["properties", "policyInfo"],
          (owner, key) => delete owner[key],
        ),
      }),
      "request: /properties lacks 'policyInfo'",
    ],
    ["a request without its body", () => ({ ...put(), requestBody: undefined }), "request: there is no body"],
    [
      "a body on a request that takes none",
      () => ({ ...recorded("softdelete.json", "DELETE", "/backupInstances/"), requestBody: {} }),
      "request: the operation takes no body",
    ],
    [
      "a read-only property in a request",
      () => ({
        ...put(),
        requestBody: mutate(
          put().requestBody,
          ["properties", "provisioningState"],
          (owner, key) => (owner[key] = "Succeeded"),
        ),
      }),
      "request: /properties has 'provisioningState', which is not documented here",
    ],
    [
      "an unknown subtype",
      () => ({
        ...put(),
        requestBody: mutate(
          put().requestBody,
          ["properties", "policyInfo", "policyParameters"],
          (owner, key) => {
            owner[key] = {
              backupDatasourceParametersList: [{ objectType: "TapeBackupDatasourceParameters" }],
            };
          },
        ),
      }),
      "/policyParameters/backupDatasourceParametersList/0 has the objectType 'TapeBackupDatasourceParameters'",
    ],
    [
      "a property of another subtype",
      () => ({
        ...put(),
        requestBody: mutate(
          put().requestBody,
          ["properties", "policyInfo", "policyParameters"],
          (owner, key) => {
            const kubernetes = {
              objectType: "KubernetesClusterBackupDatasourceParameters",
              containersList: ["one"],
            };
            owner[key] = { backupDatasourceParametersList: [kubernetes] };
          },
        ),
      }),
      "/policyParameters/backupDatasourceParametersList/0 has 'containersList', which is not documented here",
    ],
    [
      "a time that is none",
      () => ({
        ...operationStatus(),
        responseBody: mutate(
          operationStatus().responseBody,
          ["startTime"],
          (owner, key) => (owner[key] = "today"),
        ),
      }),
      "response: /startTime must match format",
    ],
    [
      "a status that is not documented",
      () => ({ ...validation(), status: 204 }),
      "response: the status 204 is not documented",
    ],
    ["a missing response body", () => ({ ...put(), responseBody: null }), "response: there is no body"],
    [
      "a response body where there is none",
      () => ({ ...validation(), responseBody: {} }),
      "response: the status has no body",
    ],
    [
      "an accepted operation that cannot be followed",
      () => ({ ...validation(), responseHeaders: { "retry-after": "10" } }),
      "response: there is neither Location nor Azure-AsyncOperation",
    ],
    [
      "an error that is not wrapped",
      () => ({ ...refusal(), responseBody: { code: "UserError", message: "No." } }),
      "response: / has 'code', which is not documented here",
    ],
  ];

  it.each(faults)("finds %s", (_, exchange, problem) => {
    expect(checkExchange(exchange()).join("\n")).toContain(problem);
  });

  it("lets an open enumeration have other values", () => {
    const responseBody = mutate(
      put().responseBody,
      ["properties", "currentProtectionState"],
      (owner, key) => (owner[key] = "New"),
    );
    expect(checkExchange({ ...put(), responseBody })).toEqual([]);
  });

  it("does not judge a body that the service refused", () => {
    expect(checkExchange({ ...refusal(), requestBody: { anything: true } })).toEqual([]);
  });

  it("finds the operation in any case of the path and with any api-version", () => {
    const url = put().url.toUpperCase().replace("2024-04-01", "2025-07-01");
    expect(
      summarise([
        { ...put(), url },
        { ...put(), url: new URL(url).pathname },
      ]),
    ).toMatchObject({ checked: 2, notCovered: [], problems: [] });
  });

  it("counts what the document does not cover, instead of checking it", () => {
    const url = "/subscriptions/1/resourceGroups/2?api-version=2024-03-01";
    expect(summarise([{ method: "PUT", url, requestBody: { nonsense: 1 }, status: 299 }])).toEqual({
      checked: 0,
      notCovered: ["PUT /subscriptions/1/resourceGroups/2"],
      problems: [],
    });
  });
});
