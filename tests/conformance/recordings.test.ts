import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { summarise } from "./openApi";
import { readRecording, recordingNames } from "./recordings";
import { describeWithWireMaterial, documentFile, hasWireMaterial } from "./wireMaterial";

/**
 * What the Azure CLI that was recorded sends otherwise than the document has it, and the service accepts. No excuse for other
 * clients, hence not among the known differences.
 */
const slipsOfTheRecordedClient: readonly RegExp[] = [
  /^BackupInstances_(ValidateFor|TriggerRestore).* (lacks 'resourceID'|has 'resourceId', which is not documented here)$/,
  /^BackupInstances_(ValidateFor|TriggerRestore).* is null, must be (object|array|string)$/,
  // Of a newer api-version than that of the requests.
  /^BackupInstances_.*\/restoreCriteria\/0 has 'staging(ResourceGroup|StorageAccount)Id', which is not documented here$/,
  /^BackupPolicies_CreateOrUpdate 200: request: \/properties has 'name', which is not documented here$/,
];

/** What the flows ask beside Azure Backup, and the one URL of Azure Backup's that no document has: a vault deletion's status. */
const outsideTheDocument: readonly RegExp[] = [
  /\/providers\/Microsoft\.(Storage|Compute|ResourceGraph)\//,
  /^GET .*\/resourcegroups\/[^/]+$/,
  /\/resourceGroups\/[^/]+\/providers\/Microsoft\.DataProtection\/locations\/[^/]+\/operationStatus\//,
];

describeWithWireMaterial("the recordings against the OpenAPI document", () => {
  const names = hasWireMaterial ? recordingNames() : ["a recording"];
  const found: string[] = [];

  it.each(names)("%s differs from the document in nothing but what is known", (name) => {
    const exchanges = readRecording(name);
    const { checked, notCovered, problems } = summarise(exchanges);
    found.push(...problems.filter((problem) => problem.includes(" request: ")), ...notCovered);
    const isKnown = (known: readonly RegExp[]) => (text: string) => known.some((one) => one.test(text));
    expect(problems.filter((problem) => !isKnown(slipsOfTheRecordedClient)(problem))).toEqual([]);
    expect(notCovered.filter((request) => !isKnown(outsideTheDocument)(request))).toEqual([]);
    expect(checked + notCovered.length).toBe(exchanges.length);
  });

  it("has a recorded case of each exception", () => {
    const unused = [...slipsOfTheRecordedClient, ...outsideTheDocument].filter(
      (exception) => !found.some((text) => exception.test(text)),
    );
    expect(unused).toEqual([]);
  });
});

describeWithWireMaterial("the reduced OpenAPI document", () => {
  it("is what the reduction makes of Microsoft's", () => {
    const made = execFileSync(process.execPath, [path.join(__dirname, "reduceOpenApi.mjs"), documentFile], {
      encoding: "utf8",
    });
    expect(readFileSync(path.join(__dirname, "openApi.json"), "utf8")).toBe(made);
  });
});
